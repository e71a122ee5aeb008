package io.numa.avatar.process.sandbox;

import static io.numa.avatar.process.sandbox.Guarantee.EGRESS;
import static io.numa.avatar.process.sandbox.Guarantee.LOOPBACK;
import static io.numa.avatar.process.sandbox.Guarantee.NETWORK;
import static io.numa.avatar.task.FailureKind.SANDBOX_UNAVAILABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.Egress;
import io.numa.avatar.port.sandbox.EgressRequest;
import io.numa.avatar.port.sandbox.EgressWay;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.process.sandbox.helper.LoopbackTarget;
import io.numa.avatar.process.sandbox.home.LayerSlots;
import io.numa.avatar.process.sandbox.home.Layers;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds out what this machine can do by doing it: starts a shell that tries what it may and what it
 * may not.
 */
final class Prober {
  private static final int PROBE_CODE = 7;
  private static final int LIMIT_SECONDS = 20;
  private static final String PATH = "/usr/bin:/bin";
  private static final RepositoryUrl REPOSITORY = RepositoryUrl.parse("/probe");

  /** Writes to the tree; neither sees the secret nor writes elsewhere. */
  private static final String FILES =
      "echo x >\"$1\" && ! (cat \"$2\") 2>/dev/null && ! (echo x >/usr/probe) 2>/dev/null"
          + " && ! (echo x >/etc/probe) 2>/dev/null && exit "
          + PROBE_CODE;

  /** Reaches a port that is led out; finds a name that is not allowed, but does not reach it. */
  private static final String WAY =
      """
      "$1" reach 127.0.0.1 "$2" || { echo "the allowed port is not reached"; exit 1; }
      "$1" reach refused.example.com 443
      case $? in
        0) echo "what is not allowed is reached" ;;
        1) exit CODE ;;
        *) echo "names are not found" ;;
      esac
      """
          .replace("CODE", Integer.toString(PROBE_CODE));

  private static final int TRIES = 2;

  private final View view;
  private final Path tree;
  private final Path secret;

  /** Why the last try failed. */
  private String reason = "";

  private String firstReason = "";

  Prober(View view) {
    this.view = view;
    Path folder = view.settings().folders().state().resolve("probe");
    this.tree = folder.resolve("tree");
    this.secret = folder.resolve("secret");
    try {
      Files.createDirectories(tree);
      Files.writeString(secret, "secret", UTF_8);
    } catch (IOException e) {
      throw new PortException(
          SANDBOX_UNAVAILABLE, "could not write '" + folder + "': " + e.getMessage(), e);
    }
  }

  /** The first of some ways that holds all it can, or else the one that holds most. */
  Ability best(Stream<Means> ways) {
    Ability best = Ability.NONE;
    firstReason = "";
    for (Means way : ways.toList()) {
      Ability ability = ability(way);
      firstReason = firstReason.isEmpty() ? reason : firstReason;
      if (ability.held().equals(way.holds())) {
        return ability;
      }
      if (ability.held().size() > best.held().size()) {
        best = ability;
      }
    }
    return best;
  }

  /** Why the best way that was tried did not work; empty if it did. */
  String reason() {
    return firstReason;
  }

  private Ability ability(Means means) {
    if (works(means, new Network.Nothing())) {
      return Ability.of(means);
    }
    return works(means, new Network.Machine())
        ? Ability.of(means).without(NETWORK, LOOPBACK, EGRESS)
        : Ability.NONE;
  }

  /** The first that works of some ways without namespaces. */
  Ability restricted(Stream<Means> ways) {
    return ways.filter(this::restricts).findFirst().map(Ability::of).orElse(Ability.NONE);
  }

  private boolean restricts(Means means) {
    String script = means.holds().contains(Guarantee.FILES) ? FILES : "exit " + PROBE_CODE;
    SandboxRequest request = request(script);
    view.homes().preparePlain(request.site());
    var walls =
        new Walls(
            view.reachable(request),
            List.of(),
            tree,
            new Network.Machine(),
            view.settings().limits());
    return run(means.wrap(walls, request.command()), "");
  }

  /** Whether this machine gives PID namespaces to the avatar's process control. */
  boolean contains(Tools tools) {
    return tools.find("unshare").stream()
        .flatMap(unshare -> Stream.of(List.of(unshare), List.of(unshare, "-U", "-c")))
        .anyMatch(
            words ->
                run(
                    Stream.of(
                            words,
                            List.of("--pid", "--fork", "--kill-child", "--mount-proc", "--"),
                            List.of("/bin/sh", "-c", "[ $$ -lt 9 ] && exit " + PROBE_CODE))
                        .flatMap(List::stream)
                        .toList(),
                    ""));
  }

  private boolean works(Means means, Network network) {
    return works(means, network, false);
  }

  /** Whether layers over caches can be mounted; not if there are no caches. */
  boolean layers(Means means) {
    return means.canLayer()
        && !view.settings().folders().caches().isEmpty()
        && works(means, new Network.Machine(), true);
  }

  /** Why a way out does not lead where it should, and nowhere else; empty if it does. */
  Optional<String> egressFailure(Means means, Egress egress) {
    for (int tries = 1; ; tries++) {
      try {
        if (leadsOut(means, egress)) {
          return Optional.empty();
        }
      } catch (IOException | PortException e) {
        reason = String.valueOf(e.getMessage());
      }
      if (tries == TRIES) {
        return Optional.of(reason);
      }
    }
  }

  private boolean leadsOut(Means means, Egress egress) throws IOException {
    try (var target = new LoopbackTarget();
        EgressWay way = egress.open(new EgressRequest(Set.of(), Set.of(target.port())))) {
      List<String> words = List.of(Helper.INSIDE.toString(), Integer.toString(target.port()));
      return works(
          means, new Network.Captured(way.socket(), way.ports()), false, request(WAY, words));
    }
  }

  private boolean works(Means means, Network network, boolean layered) {
    return works(means, network, layered, request(FILES));
  }

  private boolean works(Means means, Network network, boolean layered, SandboxRequest request) {
    view.homes().use(REPOSITORY);
    try {
      return starts(means, network, layered, request);
    } finally {
      view.homes().release(REPOSITORY);
    }
  }

  private boolean starts(Means means, Network network, boolean layered, SandboxRequest request) {
    view.homes().prepare(request.site(), Map.of());
    if (!layered) {
      return starts(means, network, Optional.empty(), request);
    }
    try (LayerSlots.Slot slot = view.homes().takeLayers(REPOSITORY)) {
      return starts(means, network, Optional.of(slot.layers()), request);
    }
  }

  private boolean starts(
      Means means, Network network, Optional<List<Layers.Layer>> layers, SandboxRequest request) {
    var walls =
        new Walls(
            view.mounts(request, network, layers),
            layers.orElse(List.of()),
            tree,
            network,
            view.settings().limits());
    return run(means.wrap(walls, request.command()), "\n");
  }

  private SandboxRequest request(String script) {
    return request(script, List.of(tree.resolve("x").toString(), secret.toString()));
  }

  private SandboxRequest request(String script, List<String> words) {
    var site = new SandboxSite(WorkKind.RUN, REPOSITORY, tree, Set.of());
    var command = new ArrayList<>(List.of("/bin/sh", "-c", script, "probe"));
    command.addAll(words);
    return new SandboxRequest(
        site, Optional.empty(), tree, command, Map.of(), Map.of(), List.of(), List.of(), false);
  }

  private static boolean ends(Process process) throws InterruptedException {
    try {
      return process.waitFor(LIMIT_SECONDS, SECONDS);
    } finally {
      process.toHandle().destroyForcibly(); // Process.destroyForcibly() would lose the output
    }
  }

  private boolean run(List<String> words, String start) {
    try {
      var builder = new ProcessBuilder(words).redirectErrorStream(true);
      builder.redirectInput(Path.of("/dev/null").toFile());
      builder.environment().clear();
      builder.environment().putAll(Map.of("PATH", PATH, Passage.PREFIX + "PATH", PATH));
      Process process = builder.start();
      boolean ended = ends(process);
      var output = ended ? new String(process.getInputStream().readNBytes(1000), UTF_8) : "";
      boolean works = ended && output.equals(start) && process.exitValue() == PROBE_CODE;
      reason = works ? "" : ended ? output.strip() : "it takes too long";
      return works;
    } catch (IOException e) {
      reason = String.valueOf(e.getMessage());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
