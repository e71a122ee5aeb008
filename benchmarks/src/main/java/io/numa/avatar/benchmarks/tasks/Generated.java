package io.numa.avatar.benchmarks.tasks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Random;

/** Generated repositories as input of {@code git fast-import}, the same in every run. */
final class Generated {
  private static final int FEW = 100;
  private static final int MIB = 1 << 20;

  private Generated() {}

  /** One commit with {@code count} files, a hundred in each folder. */
  static BareGit.Input files(int count) {
    return out -> {
      var buffered = new BufferedOutputStream(out);
      write(buffered, commit("main", "Begin"));
      writeFiles(buffered, count);
      buffered.flush();
    };
  }

  /**
   * A few files, and {@code commits} commits that each replace a file of 1 MiB of incompressible
   * data.
   */
  static BareGit.Input history(int commits) {
    return out -> {
      var random = new Random(commits);
      var content = new byte[MIB];
      var buffered = new BufferedOutputStream(out);
      write(buffered, commit("main", "Begin"));
      writeFiles(buffered, FEW);
      for (int i = 0; i < commits; i++) {
        random.nextBytes(content);
        write(buffered, commit("main", "Commit " + i));
        write(buffered, "M 100644 inline large.bin\ndata " + MIB + "\n");
        buffered.write(content);
        write(buffered, "\n");
      }
      buffered.flush();
    };
  }

  /**
   * A few files and 2,000 commits, with {@code count} refs on them, half branches and half tags.
   */
  static BareGit.Input refs(int count) {
    int commits = 2_000;
    return out -> {
      var buffered = new BufferedOutputStream(out);
      write(buffered, commit("main", "Begin"));
      writeFiles(buffered, FEW);
      for (int i = 1; i <= commits; i++) {
        write(buffered, commit("main", "Commit " + i).replaceFirst("\n", "\nmark :" + i + "\n"));
        write(
            buffered,
            "M 100644 inline counter.txt\ndata " + (i + "\n").length() + "\n" + i + "\n\n");
      }
      for (int i = 0; i < count / 2; i++) {
        String from = "\nfrom :" + (1 + i % commits) + "\n\n";
        write(buffered, "reset refs/heads/branch-" + i + from);
        write(buffered, "reset refs/tags/tag-" + i + from);
      }
      buffered.flush();
    };
  }

  private static void writeFiles(OutputStream out, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      write(out, file(i));
    }
  }

  private static String file(int number) {
    String text = ("line of file " + number + "\n").repeat(20 + number % 100);
    String path =
        String.format(
            Locale.ROOT, "part-%d/group-%d/file-%d.txt", number / 10_000, number / 100, number);
    return "M 100644 inline " + path + "\ndata " + text.length() + "\n" + text + "\n";
  }

  /** The header of a commit; its parent is the branch's last commit. */
  static String commit(String branch, String message) {
    return "commit refs/heads/"
        + branch
        + "\ncommitter Benchmark <benchmark@invalid> now\ndata "
        + message.length()
        + "\n"
        + message
        + "\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
  }
}
