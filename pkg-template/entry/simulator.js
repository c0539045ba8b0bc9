// @ts-check
export { createClock } from '../simulator/clock.js';
export { createSimulator, scenarios } from '../simulator/simulator.js';
export { createVirtualClock } from '../simulator/virtual-clock.js';
