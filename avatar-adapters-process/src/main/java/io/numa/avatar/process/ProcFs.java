package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads information about processes from Linux's {@code /proc}. Processes may start and end
 * meanwhile.
 */
final class ProcFs {
  private static final Path PROC = Path.of("/proc");

  /** The largest part of an environment to read; the limit of Linux is too large to be useful. */
  private static final int MAX_ENVIRONMENT_BYTES = 8 << 20;

  /** The unit in which Linux tells times to programs. It does not depend on the kernel's clock. */
  private static final long TICK_MILLIS = 10;

  /** The first and last of the four times, counted from the state; see proc(5). */
  private static final int USER = 11;

  private static final int CHILDREN_SYSTEM = 14;

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

  /** The newest process number, of a process or thread that may have ended; 0 if unknown. */
  static long newest() {
    try {
      String load = Files.readString(PROC.resolve("loadavg"), ISO_8859_1).strip();
      return Long.parseLong(load.substring(load.lastIndexOf(' ') + 1));
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  /**
   * The environment that a process's program started with; a NUL ends each variable. Empty text for
   * a kernel thread, a zombie, and a process that is just executing another program; an empty
   * {@code Optional} if the process has ended or belongs to another user.
   */
  static Optional<String> environment(ProcessHandle process) {
    try (InputStream in = Files.newInputStream(folder(process).resolve("environ"))) {
      return Optional.of(new String(in.readNBytes(MAX_ENVIRONMENT_BYTES), ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a process is in a PID namespace below the one of this process. */
  static boolean inNamespace(ProcessHandle process) {
    try (Stream<String> lines = Files.lines(folder(process).resolve("status"), ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith("NSpid:"))
          .anyMatch(line -> line.strip().split("\\s+").length > 2);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  /** Whether a process is outside of a PID namespace and keeps one: its end would end that. */
  static boolean keepsNamespace(ProcessHandle process) {
    return !inNamespace(process) && process.descendants().anyMatch(ProcFs::inNamespace);
  }

  /** Whether a process has ended, and its parent has not read the exit code yet. */
  static boolean zombie(ProcessHandle process) {
    return status(process).startsWith("Z");
  }

  /** Whether a signal has stopped a process. */
  static boolean stopped(ProcessHandle process) {
    return status(process).toUpperCase(Locale.ROOT).startsWith("T");
  }

  /**
   * Whether a process executes its program or waits for something that a signal interrupts. Other
   * ones take a signal before they execute more of their program.
   */
  static boolean runs(ProcessHandle process) {
    String status = status(process);
    return status.startsWith("R") || status.startsWith("S");
  }

  /**
   * The processor time of a process, and of the children whose exit code it has read; zero if the
   * process has ended.
   */
  static Duration processorTime(ProcessHandle process) {
    String[] fields = status(process).split(" ", -1);
    if (fields.length <= CHILDREN_SYSTEM) {
      return Duration.ZERO;
    }
    long ticks = 0;
    for (int i = USER; i <= CHILDREN_SYSTEM; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return Duration.ofMillis(ticks * TICK_MILLIS);
  }

  /** The fields of {@code /proc/<pid>/stat} from the state on; empty if the process has ended. */
  private static String status(ProcessHandle process) {
    try {
      var stat = Files.readString(folder(process).resolve("stat"), ISO_8859_1);
      // Field 2 is the program's name in parentheses, and may contain parentheses; see proc(5).
      return stat.substring(stat.lastIndexOf(')') + 1).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static Path folder(ProcessHandle process) {
    return PROC.resolve(Long.toString(process.pid()));
  }
}
