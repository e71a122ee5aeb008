package io.numa.avatar.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.transport.PackParser;

/**
 * A repository that has no objects yet. The first pack to come is most often the largest by far,
 * and is complete in itself, so it is stored by {@link PackIndexer}.
 */
final class FreshRepository extends FileRepository {
  /** A pack with fewer objects is read before threads have started. */
  private static final int WORTH_IT = 1000;

  private static final byte[] PACK_OF_NOTHING = {
    'P',
    'A',
    'C',
    'K',
    0,
    0,
    0,
    2,
    0,
    0,
    0,
    0, //
    0x02,
    (byte) 0x9d,
    0x08,
    (byte) 0x82,
    0x3b,
    (byte) 0xd8,
    (byte) 0xa8,
    (byte) 0xea,
    (byte) 0xb5,
    0x10,
    (byte) 0xad,
    0x6a,
    (byte) 0xc7,
    0x5c,
    (byte) 0x82,
    0x3c,
    (byte) 0xfd,
    0x3e,
    (byte) 0xd3,
    0x1e
  };

  private final Path packs;
  private final ProgressMonitor monitor;

  /**
   * @param monitor told by several threads
   */
  FreshRepository(Path git, ProgressMonitor monitor) throws IOException {
    super(GitFolder.setUp(git));
    this.packs = git.resolve("objects").resolve("pack");
    this.monitor = monitor;
  }

  @Override
  public ObjectInserter newObjectInserter() {
    return new Inserter(super.newObjectInserter());
  }

  private final class Inserter extends ObjectInserter.Filter {
    private final ObjectInserter delegate;

    Inserter(ObjectInserter delegate) {
      this.delegate = delegate;
    }

    @Override
    protected ObjectInserter delegate() {
      return delegate;
    }

    /** JGit has to be given a parser; where the pack has been stored, it is one of nothing. */
    @Override
    public PackParser newPackParser(InputStream in) throws IOException {
      byte[] header = in.readNBytes(PackIndexer.HEADER);
      var pack = new SequenceInputStream(new ByteArrayInputStream(header), in);
      ObjectDirectory objects = getObjectDatabase();
      if (PackIndexer.count(header) < WORTH_IT || !objects.getPacks().isEmpty()) {
        return delegate.newPackParser(pack);
      }
      objects.openPack(new PackIndexer(packs, monitor).store(pack).toFile());
      return delegate.newPackParser(new ByteArrayInputStream(PACK_OF_NOTHING));
    }
  }
}
