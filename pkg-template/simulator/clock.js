// @ts-check
/**
 * Returns a number that is 0 or more as it is; refuses anything else.
 *
 * @param {number} value
 * @param {string} name
 */
export function atLeastZero(value, name) {
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`${name} must be a number, 0 or more`);
  return value;
}

/**
 * The time of a simulator: it never goes back, and it does not jump when its speed changes.
 *
 * @param {() => number} clock
 * @param {number} initialSpeed
 */
export function createClock(clock, initialSpeed) {
  let speed = 1;
  let lastTick = clock();
  let time = lastTick;
  const now = () => {
    const tick = clock();
    time += Math.max(0, tick - lastTick) * speed;
    lastTick = tick;
    return time;
  };
  const simulated = {
    now,
    /** @param {number} milliseconds */
    advance(milliseconds) {
      time = now() + atLeastZero(milliseconds, 'milliseconds');
    },
    get speed() {
      return speed;
    },
    set speed(value) {
      now();
      speed = atLeastZero(value, 'speed');
    },
  };
  simulated.speed = initialSpeed;
  return simulated;
}
