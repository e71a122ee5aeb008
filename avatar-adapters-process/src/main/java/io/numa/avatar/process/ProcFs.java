package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Reads what Linux tells about processes under {@code /proc}. Processes come and go meanwhile. */
final class ProcFs {
  private static final Path PROC = Path.of("/proc");

  /** The most that is read of an environment; Linux has no limit that would be of use. */
  private static final int MAX_ENVIRONMENT_BYTES = 8 << 20;

  private ProcFs() {}

  static boolean available() {
    return Files.isReadable(PROC.resolve("self/environ"));
  }

  /**
   * Gives the processes in whose environment {@code variable} stands, as it was when their program
   * started. The environments of other users' processes cannot be read, unless by root.
   */
  static Set<ProcessHandle> withVariable(String variable) {
    var found = new LinkedHashSet<ProcessHandle>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        // The handle is taken first: it remembers when the process started, so that a process
        // which gets the same number later is not taken for the one whose environment was read.
        Optional<ProcessHandle> handle = ProcessHandle.of(pid(process));
        if (handle.isPresent() && hasVariable(process, variable)) {
          found.add(handle.get());
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return found;
    }
    return found;
  }

  /** Whether a process has ended, and only its parent has not asked for its exit code yet. */
  static boolean zombie(ProcessHandle process) {
    try {
      var stat = Files.readString(PROC.resolve(process.pid() + "/stat"), ISO_8859_1);
      // Field 2 is the program's name in parentheses, and may hold some itself; see proc(5).
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException e) {
      return false;
    }
  }

  private static long pid(Path process) {
    return Long.parseLong(process.getFileName().toString());
  }

  private static boolean hasVariable(Path process, String variable) {
    try (InputStream in = Files.newInputStream(process.resolve("environ"))) {
      var environment = new String(in.readNBytes(MAX_ENVIRONMENT_BYTES), ISO_8859_1);
      return ('\0' + environment).contains('\0' + variable + '\0');
    } catch (IOException e) {
      return false;
    }
  }
}
