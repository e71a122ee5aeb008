package io.numa.avatar.cli.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The surroundings of the probes: an avatar's folders, the tree and a process of another task, the
 * operator's HOME, ports and a socket of this machine; all files with a mark in them that no probe
 * may read or change. Used by one thread. The caller must close it.
 *
 * <p>Probes find it by these variables:
 *
 * <ul>
 *   <li>{@code MARK}: the text that is in each file, which no probe knows by itself
 *   <li>{@code CONFIG}, {@code STATE}, {@code LOGS}, {@code WORKSPACE}: the avatar's configuration
 *       file and folders, each folder with a file {@code secret}
 *   <li>{@code OTHER}: the tree of another task
 *   <li>{@code OPERATOR}: the operator's HOME
 *   <li>{@code HOST_PID}: the avatar's process, whose name is {@code HOST_NAME}
 *   <li>{@code VICTIM}: a process of another task, which listens at the abstract socket {@code
 *       ABSTRACT}
 *   <li>{@code SOCKET}: a UNIX socket of the avatar
 *   <li>{@code HOST_PORT}, {@code HOST_UDP_PORT}: ports of this machine, on all its addresses;
 *       {@code HOST_ADDRESSES} are those besides loopback
 *   <li>{@code HOST_NODE}: the name of this machine
 *   <li>{@code HOST_NET}, {@code HOST_IPC}, {@code HOST_UTS}: the avatar's namespaces
 * </ul>
 */
public final class Arena implements AutoCloseable {
  private static final List<String> MARKED =
      List.of(
          "config.yaml",
          "state/secret",
          "state/journal.db",
          "state/server.token",
          "state/control/socket",
          "logs/secret",
          "logs/T-2/1.log",
          "workspace/secret",
          "workspace/T-2/tree/secret",
          "workspace/mirrors/other/config",
          "workspace/mirrors/other/hooks/post-checkout",
          "workspace/setups/other/secret",
          "workspace/sandboxes/homes/other/home/.gitconfig",
          "home/.netrc",
          "home/.gitconfig",
          "home/.profile",
          "home/.bashrc",
          "home/.ssh/id",
          "home/.ssh/authorized_keys",
          "home/.config/systemd/user/escape.service");

  private static final int ADDRESSES = 8;

  private final Path folder;
  private final String mark = UUID.randomUUID().toString();
  private final List<Path> files = new ArrayList<>();
  private final Listeners listeners;
  private final Victim victim;

  private Arena(Path folder) throws IOException {
    this.folder = folder;
    for (String place : MARKED) {
      Path file = folder.resolve(place);
      Files.createDirectories(file.resolveSibling(""));
      files.add(Files.writeString(file, mark + "\n"));
    }
    Files.createDirectories(tree());
    this.listeners = new Listeners(state().resolve("s"));
    this.victim = new Victim("avatar-" + UUID.randomUUID());
  }

  /**
   * Builds one.
   *
   * @param folder an empty folder, whose path is not longer than 90 bytes
   */
  public static Arena build(Path folder) throws IOException {
    return new Arena(folder);
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
  Map<String, String> variables() throws IOException {
    var variables = new LinkedHashMap<String, String>();
    variables.put("MARK", mark);
    variables.put("CONFIG", config().toString());
    variables.put("STATE", state().toString());
    variables.put("LOGS", logs().toString());
    variables.put("WORKSPACE", workspace().toString());
    variables.put("OTHER", workspace().resolve("T-2/tree").toString());
    variables.put("OPERATOR", home().toString());
    variables.put("HOST_PID", String.valueOf(ProcessHandle.current().pid()));
    variables.put("HOST_NAME", text("/proc/self/comm", "java"));
    variables.put("VICTIM", String.valueOf(victim.pid()));
    variables.put("ABSTRACT", victim.abstractName());
    variables.put("SOCKET", state().resolve("s").toString());
    variables.put("HOST_PORT", String.valueOf(listeners.port()));
    variables.put("HOST_UDP_PORT", String.valueOf(listeners.datagramPort()));
    variables.put("HOST_ADDRESSES", addresses());
    variables.put("HOST_NODE", text("/proc/sys/kernel/hostname", "localhost"));
    for (String namespace : List.of("net", "ipc", "uts")) {
      variables.put("HOST_" + namespace.toUpperCase(Locale.ROOT), namespace(namespace));
    }
    return variables;
  }

  private static String text(String file, String otherwise) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      return otherwise;
    }
  }

  private static String namespace(String name) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns", name)).toString();
    } catch (IOException e) {
      return "none";
    }
  }

  private static String addresses() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.getHostAddress().contains("%"))
        .limit(ADDRESSES)
        .map(InetAddress::getHostAddress)
        .collect(Collectors.joining(" "));
  }

  /** What escaped since the last call, as seen from outside of the sandbox; mends it. */
  List<String> traces() throws IOException {
    var traces = new ArrayList<String>(listeners.reached());
    for (Path file : files) {
      if (!Files.isRegularFile(file) || !Files.readString(file).equals(mark + "\n")) {
        traces.add("changed " + folder.relativize(file));
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, mark + "\n");
      }
    }
    for (String place : List.of("/tmp", "/var/tmp", "/dev/shm", "/run/lock")) {
      if (Files.deleteIfExists(Path.of(place, "avatar-escape-" + mark))) {
        traces.add("left a file in " + place);
      }
    }
    if (victim.wasEnded()) {
      traces.add("ended a process of another task");
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
    victim.close();
    listeners.close();
  }
}
