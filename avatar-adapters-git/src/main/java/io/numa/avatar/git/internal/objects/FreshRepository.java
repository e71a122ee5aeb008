package io.numa.avatar.git.internal.objects;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.HexFormat;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.transport.PackParser;

/**
 * A repository that has no objects yet. Its first pack is usually the largest by far, and needs no
 * objects outside it, so a {@link PackIndexer} stores it; JGit's parser reads small packs and later
 * ones.
 */
public final class FreshRepository extends FileRepository {
  /** In objects. For fewer, JGit is done before threads have started. */
  private static final int WORTH_IT = 1000;

  private static final byte[] EMPTY_PACK =
      HexFormat.of().parseHex("5041434b0000000200000000029d08823bd8a8eab510ad6ac75c823cfd3ed31e");

  private final PackIndexer indexer;

  public FreshRepository(Path git, PackIndexer indexer) throws IOException {
    super(GitDirectory.setUp(git));
    this.indexer = indexer;
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

    /** JGit needs a parser. If the pack is stored already, it gets the parser of an empty pack. */
    @Override
    public PackParser newPackParser(InputStream in) throws IOException {
      byte[] header = in.readNBytes(PackIndexer.HEADER);
      var pack = new SequenceInputStream(new ByteArrayInputStream(header), in);
      ObjectDirectory objects = getObjectDatabase();
      if (PackIndexer.count(header) < WORTH_IT || !objects.getPacks().isEmpty()) {
        return delegate.newPackParser(pack);
      }
      objects.openPack(indexer.store(pack).toFile());
      return delegate.newPackParser(new ByteArrayInputStream(EMPTY_PACK));
    }
  }
}
