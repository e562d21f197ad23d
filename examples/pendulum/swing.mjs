// By how much a pendulum that swings by 20 degrees is slower than the formula 2π √(L/g), which is for small swings:
// half a swing, integrated step by step (Runge-Kutta, fourth order) with L = g = 1.
import { readFileSync, writeFileSync } from 'node:fs';

const pi = Number(readFileSync('pi.txt', 'utf8'));
const STEP = 1e-5;

function slope([angle, speed]) {
  return [speed, -Math.sin(angle)];
}

function along([angle, speed], [angleSlope, speedSlope], step) {
  return [angle + step * angleSlope, speed + step * speedSlope];
}

function next(state) {
  const k1 = slope(state);
  const k2 = slope(along(state, k1, STEP / 2));
  const k3 = slope(along(state, k2, STEP / 2));
  const k4 = slope(along(state, k3, STEP));
  return state.map((value, i) => value + (STEP / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
}

// From the turning point to the lowest one: a quarter of the period.
let time = 0;
let state = [(20 * pi) / 180, 0];
while (state[0] > 0) {
  state = next(state);
  time += STEP;
}
const quarter = time + state[0] / -state[1];
writeFileSync('correction.txt', `${((4 * quarter) / (2 * pi)).toFixed(6)}\n`);
