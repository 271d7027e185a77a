import { createFalClient, type FalClient } from '@fal-ai/client';

/**
 * fal's own client, which asks the stand-in wherever it means to ask fal.
 *
 * @param baseUrl where the stand-in plays fal
 * @param answered hears the headers of each answer
 */
export function clientOf(baseUrl: string, answered: (headers: Headers) => void): FalClient {
  return createFalClient({
    credentials: 'sample',
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      answered(response.headers);
      return response;
    },
    requestMiddleware: (request) =>
      Promise.resolve({
        ...request,
        url: request.url.replace(/^https:\/\/([a-z]+\.fal\.(?:run|ai))\//, `${baseUrl}/$1/`),
      }),
  });
}
