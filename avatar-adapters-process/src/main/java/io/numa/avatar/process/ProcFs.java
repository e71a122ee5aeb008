package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads what Linux tells about processes under {@code /proc}. Processes come and go meanwhile. */
final class ProcFs {
  private static final Path PROC = Path.of("/proc");

  /** The most that is read of an environment; Linux has no limit that would be of use. */
  private static final int MAX_ENVIRONMENT_BYTES = 8 << 20;

  private ProcFs() {}

  static boolean available() {
    return Files.isReadable(PROC.resolve("self/environ"));
  }

  /** The numbers of all processes, the highest first. */
  static List<Long> newestFirst() {
    var numbers = new ArrayList<Long>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      processes.forEach(process -> numbers.add(Long.valueOf(process.getFileName().toString())));
    } catch (IOException | DirectoryIteratorException e) {
      return numbers;
    }
    numbers.sort(Comparator.reverseOrder());
    return numbers;
  }

  /**
   * The number that was given out last, to a process or thread that may have ended; 0 if unknown.
   */
  static long newest() {
    try {
      String load = Files.readString(PROC.resolve("loadavg"), ISO_8859_1).strip();
      return Long.parseLong(load.substring(load.lastIndexOf(' ') + 1));
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /**
   * The environment that a process's program started with, each variable ended by NUL; empty text
   * for a kernel thread, a zombie, and a process that is becoming another program just now; nothing
   * if the process is gone or another user's.
   */
  static Optional<String> environment(ProcessHandle process) {
    try (InputStream in = Files.newInputStream(folder(process).resolve("environ"))) {
      return Optional.of(new String(in.readNBytes(MAX_ENVIRONMENT_BYTES), ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a process's children are in another PID namespace than itself. */
  static boolean keepsNamespace(ProcessHandle process) {
    Path namespaces = folder(process).resolve("ns");
    try {
      return !Files.readSymbolicLink(namespaces.resolve("pid"))
          .equals(Files.readSymbolicLink(namespaces.resolve("pid_for_children")));
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a process has ended, and only its parent has not asked for its exit code yet. */
  static boolean zombie(ProcessHandle process) {
    try {
      var stat = Files.readString(folder(process).resolve("stat"), ISO_8859_1);
      // Field 2 is the program's name in parentheses, and may hold some itself; see proc(5).
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException e) {
      return false;
    }
  }

  private static Path folder(ProcessHandle process) {
    return PROC.resolve(Long.toString(process.pid()));
  }
}
