export function writerCommand(): { readonly command: string; readonly args: readonly string[] };
