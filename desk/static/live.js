// Liveness: the pages' parts are fetched again by htmx when the desk tells of a change. A browser has six connections for all
// pages of a desk, so that a page listens only while it is seen, and asks anew once it is seen again.
(() => {
  const EVENTS = ['post', 'batch'];

  /** In place of an EventSource, for the SSE extension of htmx. */
  class WhileSeen extends EventTarget {
    #url;
    #source = null;
    #wasHidden = false;
    onopen = null;
    onerror = null;

    constructor(url) {
      super();
      this.#url = url;
      document.addEventListener('visibilitychange', this.#look);
      this.#look();
    }

    get readyState() {
      return this.#source ? this.#source.readyState : EventSource.CONNECTING;
    }

    close() {
      document.removeEventListener('visibilitychange', this.#look);
      this.#source?.close();
    }

    #look = () => {
      if (document.hidden) {
        this.#wasHidden = true;
        this.#source?.close();
        this.#source = null;
      } else if (!this.#source) this.#open();
    };

    #open() {
      const source = new EventSource(this.#url);
      this.#source = source;
      for (const name of EVENTS) source.addEventListener(name, (event) => this.#tell(name, event.data));
      source.onopen = (event) => {
        this.onopen?.(event);
        // Nobody knows what was missed.
        if (this.#wasHidden) for (const name of EVENTS) this.#tell(name, 'null');
        this.#wasHidden = false;
      };
      source.onerror = (event) => {
        // Then the extension makes another.
        if (source.readyState === EventSource.CLOSED)
          document.removeEventListener('visibilitychange', this.#look);
        this.onerror?.(event);
      };
    }

    #tell(name, data) {
      this.dispatchEvent(new MessageEvent(name, { data }));
    }
  }

  htmx.createEventSource = (url) => new WhileSeen(url);
})();
