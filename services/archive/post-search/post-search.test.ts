import { onBothEngines } from '../testing/use-archive.js';
import { embeddingsContract } from './embeddings.contract.js';
import { findContract } from './find.contract.js';

onBothEngines([findContract, embeddingsContract]);
