package io.numa.avatar.process.sandbox;

import io.numa.avatar.port.sandbox.EgressPorts;
import io.numa.avatar.process.sandbox.home.Layers;
import io.numa.avatar.process.sandbox.settings.SandboxLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that start the native helper of sandboxes. The README beside its sources tells what
 * they mean.
 *
 * @param file the helper, on this machine
 */
record Helper(Path file) {
  /** Where it is seen inside. */
  static final Path INSIDE = Path.of("/run/avatar-sandbox");

  /**
   * Whether UNIX sockets may be made inside. They are refused where the network is the machine's.
   */
  enum Filter {
    ISOLATED,
    OPEN;

    static Filter of(Network network) {
      return network instanceof Network.Machine ? ISOLATED : OPEN;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The words that start a command beside a sandbox, in the network of that sandbox. */
  List<String> outer(Walls walls, boolean ownUsers) {
    Network network = walls.network();
    var words = new ArrayList<>(List.of(file.toString(), "outer"));
    boolean own = !(network instanceof Network.Machine);
    boolean mounts = own || !walls.layers().isEmpty();
    words.addAll(List.of("--userns", mounts && ownUsers ? "own" : "none"));
    words.addAll(List.of("--net", own ? "none" : "host"));
    if (network instanceof Network.Captured captured) {
      capture(captured, words);
    }
    walls.layers().forEach(layer -> words.addAll(List.of("--overlay", overlay(layer))));
    words.addAll(join(walls));
    words.add("--");
    return words;
  }

  /** The option by which a command joins its control group, before all else that it does. */
  static List<String> join(Walls walls) {
    return walls.group().map(group -> List.of("--cgroup", group.toString())).orElse(List.of());
  }

  private static String overlay(Layers.Layer layer) {
    return Stream.of(layer.lower(), layer.upper(), layer.work(), layer.merged())
        .map(path -> path.toString().replace("\\", "\\\\").replace(":", "\\:"))
        .collect(Collectors.joining(":"));
  }

  private static void capture(Network.Captured network, List<String> words) {
    EgressPorts ports = network.ports();
    words.addAll(List.of("--socket", network.socket().toString()));
    if (!ports.captured().isEmpty()) {
      words.addAll(List.of("--ports", list(ports.captured()), "--dns", "yes"));
    }
    if (!ports.local().isEmpty()) {
      words.addAll(List.of("--local", list(ports.local())));
    }
    ports.addresses().forEach(address -> words.addAll(List.of("--address", address)));
    ports.names().forEach(name -> words.addAll(List.of("--name", name)));
  }

  private static String list(Iterable<Integer> ports) {
    var numbers = new ArrayList<String>();
    ports.forEach(port -> numbers.add(port.toString()));
    return String.join(",", numbers);
  }

  /**
   * The words that start a command as the first process of a sandbox.
   *
   * @param file where the helper is seen
   */
  static List<String> first(Path file, Walls walls) {
    var options = List.of("--init", "yes", "--filter", Filter.of(walls.network()).word());
    String ready = walls.waits() ? "wait" : "yes";
    var words = new ArrayList<>(List.of("--landlock", "scope", "--ready", ready));
    words.addAll(options);
    return inner(file, words, walls.limits());
  }

  /** The words that start a command within limits, and with some other options. */
  static List<String> inner(Path file, List<String> options, SandboxLimits limits) {
    var words = new ArrayList<>(List.of(file.toString(), "inner"));
    words.addAll(options);
    words.addAll(List.of("--variables", Passage.PREFIX));
    words.addAll(List.of("--rlimit-nproc", Integer.toString(limits.processes())));
    words.addAll(List.of("--rlimit-data", Long.toString(limits.memory())));
    words.addAll(List.of("--rlimit-fsize", Long.toString(limits.file()), "--"));
    return words;
  }
}
