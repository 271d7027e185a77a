import type { PostStatus } from '../../../contract/status.js';
import { publicationsOf } from './unpublished.js';

/** A post's document as readers of today expect it, also one that an earlier version wrote. */
export const readPost = (doc: PostStatus): PostStatus => ({ ...doc, publications: publicationsOf(doc) });
