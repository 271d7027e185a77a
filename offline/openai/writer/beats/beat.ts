/** Something a beat writes about, with enough said of it to fill a piece. Every line is a whole sentence without its dot. */
export interface Subject {
  /** As it stands inside a sentence; singular or uncountable. */
  readonly name: string;
  readonly claim: string;
  readonly cause: string;
  readonly test: string;
  readonly cost: string;
  /** What a picture of it shows. */
  readonly scene: string;
}

/** A field the stand-in can write about. */
export interface Beat {
  readonly name: string;
  /** What betrays the field in a prompt. */
  readonly words: RegExp;
  readonly subjects: readonly Subject[];
  /** Sentences that fit any of its subjects. */
  readonly asides: readonly string[];
  /** Without '#'. */
  readonly tags: readonly string[];
  /** How its pictures look. */
  readonly look: string;
}

/** A subject from its name and five sentences, in the order of the type. */
export const subject = (
  name: string,
  claim: string,
  cause: string,
  test: string,
  cost: string,
  scene: string,
): Subject => ({
  name,
  claim,
  cause,
  test,
  cost,
  scene,
});
