import { onBothEngines } from '../testing/use-archive.js';
import { newsContract } from './news.contract.js';

onBothEngines([newsContract]);
