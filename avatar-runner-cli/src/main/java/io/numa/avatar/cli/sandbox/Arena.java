package io.numa.avatar.cli.sandbox;

import io.numa.avatar.time.Background;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The surroundings of the probes: an avatar's folders, the tree of another task, the operator's
 * HOME and a server on loopback, all with a mark in them that no probe may read or change. Used by
 * one thread. The caller must close it.
 *
 * <p>Probes find it by these variables:
 *
 * <ul>
 *   <li>{@code MARK}: the text that is in each file, which no probe knows by itself
 *   <li>{@code CONFIG}, {@code STATE}, {@code LOGS}, {@code WORKSPACE}: the avatar's configuration
 *       file and folders, each folder with a file {@code secret}
 *   <li>{@code OTHER}: the tree of another task
 *   <li>{@code OPERATOR}: the operator's HOME, with {@code .netrc} and {@code .ssh/id}
 *   <li>{@code HOST_PID}: the avatar's process, whose name is {@code HOST_NAME}
 *   <li>{@code HOST_PORT}: a port on the machine's 127.0.0.1
 * </ul>
 */
public final class Arena implements AutoCloseable {
  private final Path folder;
  private final String mark = UUID.randomUUID().toString();
  private final List<Path> files = new ArrayList<>();
  private final ServerSocket server;
  private final AtomicInteger connections = new AtomicInteger();
  private final Background background = new Background("arena");
  private int seen;

  private Arena(Path folder, ServerSocket server) {
    this.folder = folder;
    this.server = server;
  }

  /**
   * Builds one.
   *
   * @param folder an empty folder
   */
  public static Arena build(Path folder) throws IOException {
    var arena = new Arena(folder, new ServerSocket(0, 8, InetAddress.getLoopbackAddress()));
    for (String place : List.of("config.yaml", "state/secret", "logs/secret", "workspace/secret")) {
      arena.mark(place);
    }
    for (String place : List.of("workspace/T-2/tree/secret", "home/.netrc", "home/.ssh/id")) {
      arena.mark(place);
    }
    Files.createDirectories(arena.tree());
    arena.background.start("server", arena::count);
    return arena;
  }

  private void mark(String place) throws IOException {
    Path file = folder.resolve(place);
    Files.createDirectories(file.resolveSibling(""));
    files.add(Files.writeString(file, mark + "\n"));
  }

  private void count() {
    while (!server.isClosed()) {
      try {
        server.accept().close();
        connections.incrementAndGet();
      } catch (IOException e) {
        // The arena was closed, or one connection broke.
      }
    }
  }

  /** The tree in which the probes run. */
  public Path tree() {
    return folder.resolve("workspace/T-1/tree");
  }

  public Path workspace() {
    return folder.resolve("workspace");
  }

  /** The operator's HOME. */
  public Path home() {
    return folder.resolve("home");
  }

  public Path config() {
    return folder.resolve("config.yaml");
  }

  public Path state() {
    return folder.resolve("state");
  }

  public Path logs() {
    return folder.resolve("logs");
  }

  /** What the probes are told. */
  Map<String, String> variables() {
    var variables = new LinkedHashMap<String, String>();
    variables.put("MARK", mark);
    variables.put("CONFIG", config().toString());
    variables.put("STATE", state().toString());
    variables.put("LOGS", logs().toString());
    variables.put("WORKSPACE", workspace().toString());
    variables.put("OTHER", workspace().resolve("T-2/tree").toString());
    variables.put("OPERATOR", home().toString());
    variables.put("HOST_PID", String.valueOf(ProcessHandle.current().pid()));
    variables.put("HOST_NAME", processName());
    variables.put("HOST_PORT", String.valueOf(server.getLocalPort()));
    return variables;
  }

  private static String processName() {
    try {
      return Files.readString(Path.of("/proc/self/comm")).strip();
    } catch (IOException e) {
      return "java";
    }
  }

  /** What escaped since the last call, as seen from outside of the sandbox; mends it. */
  List<String> traces() throws IOException {
    var traces = new ArrayList<String>();
    for (Path file : files) {
      if (!Files.isRegularFile(file) || !Files.readString(file).equals(mark + "\n")) {
        traces.add("changed " + folder.relativize(file));
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, mark + "\n");
      }
    }
    int now = connections.get();
    if (now > seen) {
      traces.add("reached a port of this machine");
      seen = now;
    }
    if (outlived()) {
      traces.add("left a process behind");
    }
    return traces;
  }

  /** Whether a process runs that has the mark among its arguments; ends it. */
  private boolean outlived() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      List<ProcessHandle> left =
          all.filter(
                  process ->
                      process
                          .info()
                          .arguments()
                          .map(words -> List.of(words).contains(mark))
                          .orElse(false))
              .toList();
      left.forEach(ProcessHandle::destroyForcibly);
      return !left.isEmpty();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    background.close();
  }
}
