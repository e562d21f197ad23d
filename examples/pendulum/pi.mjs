// π by Machin's formula, in whole numbers: 16 arctan(1/5) - 4 arctan(1/239).
import { writeFileSync } from 'node:fs';

const DIGITS = 30;
const UNIT = 10n ** BigInt(DIGITS + 5);

function arctanOfInverse(x) {
  let power = UNIT / x;
  let sum = power;
  for (let n = 3n, sign = -1n; power > 0n; n += 2n, sign = -sign) {
    power /= x * x;
    sum += (sign * power) / n;
  }
  return sum;
}

const digits = String(16n * arctanOfInverse(5n) - 4n * arctanOfInverse(239n)).slice(0, DIGITS + 1);
writeFileSync('pi.txt', `${digits[0]}.${digits.slice(1)}\n`);
