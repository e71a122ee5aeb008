package io.numa.avatar.cli.endurance;

import io.numa.avatar.cli.Main;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The folder in which an avatar keeps its configuration, workspace, state and logs between its
 * processes. Its waiting times are shorter than the defaults.
 */
public final class AvatarHome {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private final Path folder;
  private final Map<String, String> settings = new TreeMap<>();
  private String heap = "96m";

  private AvatarHome(Path folder) {
    this.folder = folder;
  }

  /** Prepares {@code folder} for an avatar of that backend; creates the folder if it is missing. */
  public static AvatarHome make(Path folder, URI backend) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        backend: {url: "%s"}
        git: {username: Avatar, email: avatar@example.com, allowed_networks: [127.0.0.1]}
        avatar: {id: avatar_001}
        polling: {interval: 100ms, wait: 5s}
        cancellation: {interval: 200ms}
        workspace: {min_free: 1MiB}
        """
            .formatted(backend));
    return new AvatarHome(folder);
  }

  /** Sets a key of the configuration by its dotted path, for all processes from now on. */
  public AvatarHome set(String key, Object value) {
    settings.put(key, value.toString());
    return this;
  }

  /** Sets how large the heap may grow, such as {@code 64m}, for all processes from now on. */
  public AvatarHome withHeap(String size) {
    heap = size;
    return this;
  }

  public Path workspace() {
    return place("avatar.workspace", "workspace");
  }

  public Path stateDir() {
    return place("avatar.state_dir", "state");
  }

  public Path logDir() {
    return place("avatar.log_dir", "logs");
  }

  private Path place(String key, String byDefault) {
    return folder.resolve(settings.getOrDefault(key, byDefault));
  }

  /**
   * Starts {@code avatar run} in this folder: the program that {@code -Davatar.command} names, such
   * as a package's, or else the classes of this build.
   */
  public AvatarProcess start() throws IOException {
    String command = System.getProperty("avatar.command", "");
    return command.isEmpty() ? start(Main.class, List.of("run")) : start(List.of(command, "run"));
  }

  /**
   * Starts another main class of the test class path here; it finds the keys that were {@link #set}
   * in its environment.
   */
  public AvatarProcess start(Class<?> main, List<String> arguments) throws IOException {
    return start(ClassArchive.options(), main, arguments);
  }

  /** The same, with these options of the JVM for its class path. */
  AvatarProcess start(List<String> classes, Class<?> main, List<String> arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(JAVA.toString());
    command.addAll(List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(classes);
    command.add(main.getName());
    command.addAll(arguments);
    return start(command);
  }

  private AvatarProcess start(List<String> command) throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "HOME", folder.toString()));
    settings.forEach((key, value) -> builder.environment().put(variable(key), value));
    return new AvatarProcess(builder.start());
  }

  private static String variable(String key) {
    return "AVATAR_" + key.toUpperCase(Locale.ROOT).replace(".", "__");
  }
}
