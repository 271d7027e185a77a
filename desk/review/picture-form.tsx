import type { PostStatus } from '../../contract/status.js';
import { deskPostPath } from '../shared/addresses.js';
import { ShownFields } from './decision-bar.js';

/** Replaces a post's picture by one of the person's own. It is sent as a page, since scripts could not show more of it. */
export function PictureForm({ status, search }: { status: PostStatus; search: string }) {
  return (
    <form
      method="post"
      action={`${deskPostPath(status.id)}/picture`}
      enctype="multipart/form-data"
      class="picture-form"
      aria-label="Picture"
    >
      <ShownFields status={status} search={search} next={null} />
      <label for={`picture-${status.id}`}>A picture of your own: PNG, JPEG or WebP, up to 20 MB</label>
      <input
        id={`picture-${status.id}`}
        name="picture"
        type="file"
        accept="image/png,image/jpeg,image/webp"
        required
      />
      <button type="submit" class="plain-button">
        Replace picture
      </button>
    </form>
  );
}
