// What the measured periods say of gravity by the formula for small swings, g = 4π² L / T²: mean and standard error.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [, , measured] = process.argv;
if (!existsSync(measured)) {
  console.error(`average: there is no ${measured}`);
  process.exit(1);
}
const pi = Number(readFileSync('pi.txt', 'utf8'));
const [, ...rows] = readFileSync(measured, 'utf8').trim().split('\n');
const values = rows.map((row) => {
  const [length, period] = row.split(',').map(Number);
  return (4 * pi ** 2 * length) / period ** 2;
});
const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
const error = Math.sqrt(variance / values.length);
writeFileSync('apparent.txt', `${mean.toFixed(5)} ${error.toFixed(5)}\n`);
