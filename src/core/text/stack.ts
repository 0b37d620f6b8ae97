/** Reads the type and the top in-app frame out of a stack trace as JavaScript, Python, Java, C#, PHP, Ruby or Go print it. */

export interface StackTop {
  type: string | undefined;
  /** `confirmPayment (server.js)`: no line numbers, so that a release does not split a group. */
  frame: string | undefined;
  /** The line that says what happened. */
  headline: string | undefined;
}

interface Frame {
  function: string;
  file: string;
}

const MAX_LINES = 200;
const MAX_LINE = 600;

/** The top of a stack: undefined parts were not there. */
export function parseStack(stack: string): StackTop {
  const lines = stack.split(/\r?\n/, MAX_LINES).map((line) => line.slice(0, MAX_LINE));
  const frames = lines.flatMap((line, index) => readFrame(line, lines[index + 1]) ?? []);
  // Python prints the innermost call last, every other language first.
  if (/^\s*Traceback \(most recent call last\)/m.test(stack)) frames.reverse();
  const top = frames.find(isInApp);
  return { ...headlineOf(lines), frame: top && label(top) };
}

function readFrame(line: string, next: string | undefined): Frame | undefined {
  const javascript = /^\s*at (?:async )?(?:(.{1,200}?) \()?((?:[^\s()]|\([^\s()]*\)){1,400}?):\d+(?::\d+)?\)?$/.exec(
    line,
  );
  if (javascript) return { function: javascript[1] ?? '', file: javascript[2] ?? '' };
  const native = /^\s*at (?:async )?(.{1,200}?) \((<anonymous>|native|Native Method|Unknown Source)\)$/.exec(line);
  if (native) return { function: native[1] ?? '', file: '<anonymous>' };
  const dotnet = /^\s*at ([\w.`<>[\]+]{3,200})\([^)]{0,300}\)(?: in (.{1,300}?):line \d+)?$/.exec(line);
  if (dotnet) return { function: dotnet[1] ?? '', file: dotnet[2] ?? '' };
  const firefox = /^([^\s@()]{0,200})@((?:https?|file|webpack|app):.{1,400}?):\d+:\d+$/.exec(line);
  if (firefox) return { function: firefox[1] ?? '', file: firefox[2] ?? '' };
  const python = /^\s*File "(.{1,300}?)", line \d+, in (\S{1,200})/.exec(line);
  if (python) return { function: python[2] ?? '', file: python[1] ?? '' };
  const php = /^#\d+ (.{1,300}?)\(\d+\): (.{1,200}?)\(/.exec(line);
  if (php) return { function: php[2] ?? '', file: php[1] ?? '' };
  const ruby = /^\s*(?:from )?(\S{1,300}?\.rb):\d+:in [`'](?:block (?:\(\d+ levels\) )?in )?(.{1,200}?)'/.exec(line);
  if (ruby) return { function: ruby[2] ?? '', file: ruby[1] ?? '' };
  const go = /^([\w./*()-]{1,200})\(.{0,200}\)$/.exec(line);
  const goFile = go && /^\t(\S{1,300}\.go):\d+/.exec(next ?? '');
  return goFile ? { function: go[1]?.split('/').at(-1) ?? '', file: goFile[1] ?? '' } : undefined;
}

const foreignFile =
  /node_modules|^node:|^internal\/|<anonymous>|^native$|site-packages|dist-packages|[/\\]lib[/\\]python\d|[/\\](?:gems|vendor|go[/\\]pkg|usr[/\\]local[/\\]go)[/\\]|webpack[/\\](?:bootstrap|runtime)|<frozen|^chrome-extension:/i;
const foreignFunction =
  /^(?:java|javax|jdk|sun|kotlin|scala|org\.springframework|org\.apache|org\.hibernate|io\.netty|com\.sun|System|Microsoft|runtime|panic|net\/http)\.|^(?:process|Module|Promise)\./;

function isInApp(frame: Frame): boolean {
  return !foreignFile.test(frame.file) && !foreignFunction.test(frame.function);
}

function label(frame: Frame): string {
  const file = baseName(frame.file);
  const name = frame.function
    .replace(/^(?:new|async) /, '')
    .replace(/^Object\.(?=.)| \[as .{1,80}\]$/g, '')
    .replace(/\$\d+|\blambda\$|\.<\w+>/g, '');
  const anonymous = name === '' || /^(?:<?anonymous>?|\?|<module>|<lambda>|eval)$|[.]\?$|\.<anonymous>$/.test(name);
  if (anonymous) return file === '' ? 'unknown frame' : file;
  return file === '' || name.includes(file.replace(/\.\w+$/, '')) ? name : `${name} (${file})`;
}

/** `https://cdn/app/main.3f9ab2c1.js?v=2` -> `main.js`: the build's hash changes with every release. */
function baseName(file: string): string {
  const name =
    file
      .replace(/[?#].*$/, '')
      .split(/[/\\]/)
      .at(-1) ?? '';
  return name.replace(/[.-](?=[a-zA-Z]*\d)[\da-zA-Z_]{6,}(?=\.\w+$)/, '');
}

function headlineOf(lines: readonly string[]): Pick<StackTop, 'type' | 'headline'> {
  const python = lines.some((line) => /^\s*Traceback \(most recent call last\)/.test(line));
  const candidates = python ? lines.toReversed() : lines.slice(0, 3);
  for (const candidate of candidates) {
    const line = candidate.trim();
    const type =
      /^(?:Uncaught (?:\(in promise\) )?|Unhandled \w+ |Caused by: |Exception in thread ".{0,80}?" |PHP Fatal error: {1,2}Uncaught )?((?:[A-Za-z_$][\w$]*[.\\]){0,10}[A-Z][\w$]{1,80})(?:: |:?$| \[)/.exec(
        line,
      )?.[1];
    if (type !== undefined) return { type: type.split(/[.\\]/).at(-1), headline: line };
    if (/^panic: /.test(line)) return { type: 'panic', headline: line };
  }
  return { type: undefined, headline: python ? undefined : lines[0] };
}
