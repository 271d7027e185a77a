/** What the account has agreed with fal. A change counts for jobs that come after it. */
export class Terms {
  #discount = 0;

  /** Percent off the list price. */
  get discount(): number {
    return this.#discount;
  }

  /** @throws Error for what is no percentage. */
  setDiscount(percent: number): void {
    if (!(typeof percent === 'number' && percent >= 0 && percent <= 100))
      throw new Error(`discount '${percent}' is not a percentage from 0 to 100`);
    this.#discount = percent;
  }
}
