package io.numa.avatar.cli.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.numa.avatar.run.secret.Redactor;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Texts and ends of files, without secrets, that become one archive. They wait in a folder until
 * then, so that their size does not matter. Not thread-safe.
 */
public final class Bundle {
  private static final String FOLDER = "avatar-bundle/";
  private static final int BUFFER = 64 * 1024;

  /** In bytes; files of the configuration hold no longer ones. */
  private static final long LONGEST_SECRET = 64 * 1024;

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path scratch;
  private final Redactor redactor;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * A file of the bundle.
   *
   * @param name with the folders in the archive, separated by slashes
   * @param size in bytes
   */
  public record Entry(String name, long size, Path content) {}

  /**
   * @param scratch an empty folder, which the caller removes
   * @param redactor removes the secrets
   */
  public Bundle(Path scratch, Redactor redactor) {
    this.scratch = scratch;
    this.redactor = redactor;
  }

  /** Adds a text. */
  public void add(String name, String text) throws IOException {
    add(name, new ByteArrayInputStream(text.getBytes(UTF_8)), 0);
  }

  /**
   * Adds the end of a file, of at most {@code most} bytes. Adds nothing if there is no such file.
   */
  public void addEnd(String name, Path file, long most) throws IOException {
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file)) {
      long start = channel.size() - most;
      channel.position(Math.max(0, start - LONGEST_SECRET));
      add(name, Channels.newInputStream(channel), start > 0 ? LONGEST_SECRET : 0);
    }
  }

  /**
   * @param skipped how many clean bytes are left out: with a beginning that was cut off, they may
   *     hold the end of a secret
   */
  private void add(String name, InputStream text, long skipped) throws IOException {
    Path content = scratch.resolve(String.valueOf(entries.size()));
    try (var file = new LateStream(Files.newOutputStream(content, CREATE_NEW), skipped);
        Redactor.Stream clean =
            redactor.stream((buffer, offset, length) -> write(file, buffer, offset, length))) {
      var buffer = new byte[BUFFER];
      for (int read = text.read(buffer); read >= 0; read = text.read(buffer)) {
        clean.write(buffer, 0, read);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    entries.add(new Entry(name, Files.size(content), content));
  }

  /** Leaves the first bytes out. */
  private static final class LateStream extends FilterOutputStream {
    private long skipped;

    LateStream(OutputStream out, long skipped) {
      super(out);
      this.skipped = skipped;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      int left = (int) Math.min(skipped, length);
      skipped -= left;
      out.write(buffer, offset + left, length - left);
    }
  }

  private static void write(OutputStream file, byte[] buffer, int offset, int length) {
    try {
      file.write(buffer, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the bundle has. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Writes the bundle as a tar file, compressed by gzip, which only its owner can read. */
  public void write(Path target) throws IOException {
    Path beside = Path.of(target + ".part");
    Files.deleteIfExists(beside);
    boolean whole = false;
    try {
      try (OutputStream file =
              Channels.newOutputStream(
                  Files.newByteChannel(beside, Set.of(CREATE_NEW, WRITE), OWNER_ONLY));
          var archive = new TarArchiveOutputStream(new GZIPOutputStream(file), UTF_8.name())) {
        archive.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        archive.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        for (Entry entry : entries) {
          write(entry, archive);
        }
      }
      Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(beside);
      }
    }
  }

  /** Removes the contents that waited in the folder, and the folder. */
  public void clear() throws IOException {
    for (Entry entry : entries) {
      Files.deleteIfExists(entry.content());
    }
    Files.deleteIfExists(scratch);
  }

  private static void write(Entry entry, TarArchiveOutputStream archive) throws IOException {
    var header = new TarArchiveEntry(FOLDER + entry.name());
    header.setSize(entry.size());
    archive.putArchiveEntry(header);
    Files.copy(entry.content(), archive);
    archive.closeArchiveEntry();
  }
}
