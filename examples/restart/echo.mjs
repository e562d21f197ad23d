// The rocket leaves the Firework in FW.json.
import { readFileSync } from 'node:fs';

const { x, y, z } = JSON.parse(readFileSync('FW.json', 'utf8')).spec;
console.log(x, y, z);
