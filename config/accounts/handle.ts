/** What an account is called: the name of its file without `.yaml`. */
export const HANDLE_PATTERN = /^[a-z0-9_]{1,30}$/;
