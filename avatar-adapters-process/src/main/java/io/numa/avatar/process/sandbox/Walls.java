package io.numa.avatar.process.sandbox;

import io.numa.avatar.process.sandbox.home.Layers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a sandbox is to hold.
 *
 * @param mounts what can be seen besides {@code /proc} and {@code /dev}
 * @param layers what has to be mounted beside the sandbox before it is bound by {@code mounts}
 * @param directory where the command starts
 * @param group the control group that all its processes are in, if they can be in one
 */
record Walls(
    List<Mount> mounts,
    List<Layers.Layer> layers,
    Path directory,
    Network network,
    SandboxLimits limits,
    Optional<Path> group) {
  Walls {
    mounts = List.copyOf(mounts);
    layers = List.copyOf(layers);
  }

  /** Without a control group. */
  Walls(
      List<Mount> mounts,
      List<Layers.Layer> layers,
      Path directory,
      Network network,
      SandboxLimits limits) {
    this(mounts, layers, directory, network, limits, Optional.empty());
  }

  Walls within(Optional<Path> newGroup) {
    return new Walls(mounts, layers, directory, network, limits, newGroup);
  }
}
