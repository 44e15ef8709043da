/** The embedded database's files in memory, there before it looks for them: PGlite's own way to unpack them takes five times as long. */
import { MemoryFS, PGlite, type postgresMod } from '@electric-sql/pglite';
import { readTar } from './tar.ts';

type Module = postgresMod.PostgresMod;

/** Of Emscripten's own, whose types PGlite's refer to and do not bring. */
interface FileSystem {
  mkdir(path: string): void;
  mkdirTree(path: string): void;
  createDataFile(
    folder: string,
    name: string,
    bytes: Uint8Array,
    canRead: boolean,
    canWrite: boolean,
    /** Takes the bytes without a copy. */
    canOwn: boolean,
  ): void;
}

export class MemoryFiles extends MemoryFS {
  readonly #tar: Uint8Array;

  /** @param tar becomes the files themselves: it is not to be used again. */
  constructor(tar: Uint8Array) {
    super();
    this.#tar = tar;
  }

  override async init(
    database: PGlite,
    options: Partial<Module>,
  ): Promise<{ emscriptenOpts: Partial<Module> }> {
    const { emscriptenOpts } = await super.init(database, options);
    const { preRun = [] } = emscriptenOpts;
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...preRun, (module) => this.#unpack(module)] } };
  }

  #unpack(module: Module): void {
    const fs = module.FS as FileSystem;
    const { PGDATA } = PGlite.paths;
    fs.mkdirTree(PGDATA);
    for (const { path, bytes } of readTar(this.#tar)) {
      const place = `${PGDATA}${path}`;
      if (!bytes) fs.mkdir(place);
      else {
        const name = place.slice(place.lastIndexOf('/') + 1);
        fs.createDataFile(place.slice(0, -name.length - 1), name, bytes, true, true, true);
      }
    }
  }
}
