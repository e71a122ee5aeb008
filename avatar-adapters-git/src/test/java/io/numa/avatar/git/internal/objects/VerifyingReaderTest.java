package io.numa.avatar.git.internal.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.git.fixture.ForeignObjects;
import io.numa.avatar.git.internal.support.BlobIds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.AsyncObjectLoaderQueue;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifyingReaderTest {
  private static final byte[] OURS = bytes(100_000, 1);
  private static final byte[] FOREIGN = bytes(100_000, 2);
  private static final ObjectId ID = BlobIds.of(OURS);

  /** Below the size of the contents, so that they are streams; and above it. */
  private static final int STREAMED = 1 << 10;

  private static final int WHOLE = 1 << 20;

  @TempDir Path temp;
  private SparsePackRepository repository;
  private final List<IOException> damage = new ArrayList<>();

  private static byte[] bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @BeforeEach
  void create() throws IOException {
    repository = GitDirectory.create(temp.resolve("git"));
    repository.onDamage(damage::add);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private ForeignObjects foreign() {
    return new ForeignObjects(temp.resolve("git"));
  }

  private ObjectReader reader(int threshold) {
    ObjectReader reader = repository.newObjectReader();
    reader.setStreamFileThreshold(threshold);
    return reader;
  }

  @ParameterizedTest
  @CsvSource({"true, " + STREAMED, "true, " + WHOLE, "false, " + STREAMED, "false, " + WHOLE})
  void readsWhatIsRight(boolean packed, int threshold) throws IOException {
    if (packed) {
      foreign().pack(ID, Constants.OBJ_BLOB, OURS);
    } else {
      foreign().loose(ID, Constants.OBJ_BLOB, OURS);
    }

    try (ObjectReader reader = reader(threshold)) {
      assertThat(reader.open(ID).isLarge()).isEqualTo(threshold == STREAMED);
      assertThat(reader.open(ID).getBytes(WHOLE)).isEqualTo(OURS);
      try (InputStream in = reader.open(ID).openStream()) {
        assertThat(in.readAllBytes()).isEqualTo(OURS);
      }
      try (InputStream in = reader.open(ID).openStream()) {
        assertThat(in.readNBytes(10)).hasSize(10);
      }
    }
    assertThat(damage).isEmpty();
  }

  /** A way to read an object. */
  private interface Reading {
    void of(ObjectReader reader) throws IOException;
  }

  @ParameterizedTest
  @CsvSource({"true, " + STREAMED, "true, " + WHOLE, "false, " + STREAMED, "false, " + WHOLE})
  void noticesForeignContentHoweverItIsRead(boolean packed, int threshold) throws IOException {
    if (packed) {
      foreign().pack(ID, Constants.OBJ_BLOB, FOREIGN);
    } else {
      foreign().loose(ID, Constants.OBJ_BLOB, FOREIGN);
    }
    List<Reading> readings =
        List.of(
            reader -> reader.open(ID).getBytes(WHOLE),
            reader -> reader.open(ID, Constants.OBJ_BLOB).getCachedBytes(WHOLE),
            reader -> reader.open(ID).copyTo(OutputStream.nullOutputStream()),
            reader -> reader.open(ID).openStream().close(),
            reader -> {
              try (InputStream in = reader.open(ID).openStream()) {
                in.readNBytes(10);
              }
            },
            reader -> {
              AsyncObjectLoaderQueue<ObjectId> all = reader.open(Set.of(ID), true);
              while (all.next()) {
                all.open().openStream().close();
              }
            },
            reader -> reader.newReader().open(ID).openStream().close());

    for (Reading reading : readings) {
      damage.clear();
      try (ObjectReader reader = reader(threshold)) {
        assertThatThrownBy(() -> reading.of(reader)).isInstanceOf(CorruptObjectException.class);
      }
      assertThat(damage).hasSize(1);
    }
  }

  @Test
  void tellsAWrongTypeFromAForeignObject() throws IOException {
    foreign().pack(ID, Constants.OBJ_BLOB, OURS);
    try (ObjectReader reader = repository.newObjectReader()) {
      assertThatThrownBy(() -> reader.open(ID, Constants.OBJ_TREE))
          .isInstanceOf(IncorrectObjectTypeException.class);
      assertThat(damage).isEmpty();
    }
    ObjectId other = BlobIds.of("other".getBytes(UTF_8));
    foreign().loose(other, Constants.OBJ_TREE, OURS);
    try (ObjectReader reader = repository.newObjectReader()) {
      assertThatThrownBy(() -> reader.open(other, Constants.OBJ_BLOB))
          .isInstanceOf(CorruptObjectException.class);
      assertThat(damage).hasSize(1);
    }
  }

  @Test
  void aMergeReadsByAnInsertersReader() throws IOException {
    foreign().pack(ID, Constants.OBJ_BLOB, FOREIGN);

    try (ObjectInserter inserter = repository.newObjectInserter();
        ObjectReader reader = inserter.newReader()) {
      ObjectId fresh = inserter.insert(Constants.OBJ_BLOB, "new".getBytes(UTF_8));
      assertThat(reader.open(fresh).getBytes()).isEqualTo("new".getBytes(UTF_8));
      assertThatThrownBy(() -> reader.open(ID)).isInstanceOf(CorruptObjectException.class);
    }
  }

  /** The packer copies the bytes of an object without reading it. */
  @Test
  void noForeignObjectIsPushed() throws IOException {
    foreign().pack(ID, Constants.OBJ_BLOB, FOREIGN);

    try (ObjectReader reader = repository.newObjectReader();
        var walk = new RevWalk(reader);
        var packer = new PackWriter(repository, reader)) {
      List<RevObject> objects = List.of(walk.lookupBlob(ID));
      packer.preparePack(objects.iterator());
      assertThatThrownBy(
              () ->
                  packer.writePack(
                      NullProgressMonitor.INSTANCE,
                      NullProgressMonitor.INSTANCE,
                      new ByteArrayOutputStream()))
          .isInstanceOf(CorruptObjectException.class);
    }
    assertThat(damage).hasSize(1);
  }
}
