import { join } from 'node:path';
import ts from 'typescript';
import { fences, read, root } from './pages.js';

const ENTRANCES = ['client', 'config', 'contract'];

/** What the compiler says against the TypeScript of these pages, as a program within this package has it. */
export function typeErrors(pages: readonly string[]): string[] {
  const examples = new Map(
    pages.flatMap((page) =>
      fences(read(page))
        .filter(({ language }) => language === 'ts')
        .map(
          ({ text }, index) => [join(root, `${page.replaceAll('/', '-')}-${index + 1}.ts`), text] as const,
        ),
    ),
  );
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(
    { ...config.config, include: [], files: [] },
    ts.sys,
    root,
  );
  // The sources, so that no build is needed.
  const paths = Object.fromEntries(
    ENTRANCES.map((name) => [`copydesk/${name}`, [join(root, name, 'index.ts')]]),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => examples.has(file) || fileExists(file);
  host.readFile = (file) => examples.get(file) ?? readFile(file);
  const program = ts.createProgram([...examples.keys()], { ...options, paths, noUnusedLocals: true }, host);
  return [...examples.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(
      ({ messageText }) => `${file.slice(root.length)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
  });
}
