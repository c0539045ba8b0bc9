// @ts-check
/** The time, in epoch milliseconds: for how long a token is kept. In all else the module asks for it. */
export const now = () => Date.now();
