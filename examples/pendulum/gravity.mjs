// The result: what the formula for small swings gives, corrected for swings of 20 degrees.
import { readFileSync } from 'node:fs';

const correction = Number(readFileSync('correction.txt', 'utf8'));
const [apparent, error] = readFileSync('apparent.txt', 'utf8').split(' ').map(Number);
const [gravity, uncertainty] = [apparent, error].map((value) => (value * correction ** 2).toFixed(3));
console.log(`g = ${gravity} +- ${uncertainty} m/s2`);
