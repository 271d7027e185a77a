import type { PostStatus, TargetText } from '../../contract/status.js';
import { countText } from '../../contract/targets/count-text.js';
import type { TextLimit } from '../../contract/targets/target.js';
import { deskPostPath } from '../shared/addresses.js';
import { ShownFields } from './decision-bar.js';
import type { FormReader } from './decision-form.js';
import { SEND_ONCE } from './links.js';

interface TargetTextFormProps {
  readonly status: PostStatus;
  readonly text: TargetText;
  readonly limit: TextLimit | null;
  readonly search: string;
  readonly language: string;
  /** What a form sent that could not be taken. */
  readonly typed: FormReader | null;
}

/** The text of one target, to be written by a person in place of the fitted one. */
export function TargetTextForm({ status, text, limit, search, language, typed }: TargetTextFormProps) {
  const { target } = text;
  const id = `text-${target}-${status.id}`;
  const words = typed?.('target') === target ? typed('text') : text.text;
  return (
    <form
      method="post"
      action={`${deskPostPath(status.id)}/decide`}
      class="edit"
      aria-label={`Text for ${target}`}
      {...SEND_ONCE}
    >
      <ShownFields status={status} search={search} next={null} />
      <input type="hidden" name="target" value={target} />
      <div class="edit-field">
        <label for={id}>Text for {target} alone</label>
        <textarea id={id} name="text" rows={6} lang={language} dir="auto" aria-describedby={`${id}-counters`}>
          {words}
        </textarea>
        <p id={`${id}-counters`} class="counters">
          {limit !== null && <Counter text={words} limit={limit} target={target} />}
          <span>
            {text.own ? 'Written by a person. Empty, it is fitted again.' : 'Fitted from the words above.'}
          </span>
        </p>
      </div>
      <div class="decide-row">
        <button type="submit" name="decision" value="edit" class="plain-button">
          Edit for {target}
        </button>
      </div>
    </form>
  );
}

/** The data is for scripts, which count on while somebody types. */
function Counter({ text, limit, target }: { text: string; limit: TextLimit; target: string }) {
  const count = countText(text.replaceAll('\r\n', '\n').trim(), limit);
  return (
    <span
      class={count <= limit.most ? 'counter' : 'counter missed'}
      data-unit="graphemes"
      data-most={limit.most}
      data-address={limit.address}
      title={`The limit of ${target}`}
    >
      {`${count} of ${limit.most} characters`}
    </span>
  );
}
