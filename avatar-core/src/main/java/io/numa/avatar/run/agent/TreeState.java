package io.numa.avatar.run.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.run.text.Sha256;
import io.numa.avatar.task.FailureKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The state of a working tree, to tell whether an agent changed it: the hash of each file's
 * difference to the base commit, by the first line of that difference.
 */
public record TreeState(Map<String, String> files) {
  private static final String HEADER = "diff --git ";

  /** The state of the tree; empty if it holds what cannot be staged. */
  static Optional<TreeState> of(WorkingCopy copy, ChangedPaths changed, long largestFile)
      throws IOException {
    try {
      return Optional.of(of(copy.stage(changed, largestFile)));
    } catch (PortException e) {
      if (e.kind() == FailureKind.DENIED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The state that a change leads to. */
  public static TreeState of(StagedChange change) throws IOException {
    try (var reader = new Reader()) {
      change.diff(reader);
      reader.endFile();
      return new TreeState(reader.files);
    }
  }

  /** The paths of the files that differ between the two states; empty if one cannot be told. */
  Optional<List<String>> differing(TreeState other) {
    Set<String> headers = new TreeSet<>(files.keySet());
    headers.addAll(other.files.keySet());
    var paths = new ArrayList<String>();
    for (String header : headers) {
      if (!Optional.ofNullable(files.get(header))
          .equals(Optional.ofNullable(other.files.get(header)))) {
        int at = header.lastIndexOf(" b/");
        if (at < 0) {
          return Optional.empty();
        }
        paths.add(header.substring(at + " b/".length()));
      }
    }
    return Optional.of(paths.stream().distinct().toList());
  }

  /** Splits a Git diff into the parts of its files. No other line begins as their headers do. */
  private static final class Reader extends OutputStream {
    private static final int MAX_HEADER = 8_192;

    private final Map<String, String> files = new TreeMap<>();
    private final MessageDigest digest = Sha256.digest();

    /** The beginning of the current line. */
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private String header = "";

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      int start = offset;
      for (int at = offset; at < offset + length; at++) {
        if (bytes[at] == '\n') {
          add(bytes, start, at);
          endLine();
          start = at + 1;
        }
      }
      add(bytes, start, offset + length);
    }

    private void add(byte[] bytes, int from, int to) {
      int kept = Math.min(to - from, MAX_HEADER - line.size());
      line.write(bytes, from, kept);
      digest.update(bytes, from + kept, to - from - kept);
    }

    private void endLine() {
      byte[] bytes = line.toByteArray();
      line.reset();
      String text = bytes.length >= HEADER.length() ? new String(bytes, UTF_8) : "";
      if (text.startsWith(HEADER)) {
        endFile();
        header = text;
      }
      digest.update(bytes);
      digest.update((byte) '\n');
    }

    /**
     * Records the file that was read; a file may have two parts, such as one that became a link.
     */
    private void endFile() {
      digest.update(line.toByteArray());
      String hash = HexFormat.of().formatHex(digest.digest());
      if (!header.isEmpty()) {
        files.merge(header, hash, String::concat);
      }
    }
  }
}
