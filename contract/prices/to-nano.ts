import Big from 'big.js';
import type { Nano } from '../money.js';

/** Exact US dollars as nano-USD, rounded once, half up. */
export const toNano = (usd: Big): Nano => usd.times(1_000_000_000).round(0, Big.roundHalfUp).toNumber();
