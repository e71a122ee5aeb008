package io.numa.avatar.process.sandbox;

import io.numa.avatar.process.sandbox.home.Layers;
import java.nio.file.Path;
import java.util.List;

/**
 * What a sandbox is to hold.
 *
 * @param mounts what can be seen besides {@code /proc} and {@code /dev}
 * @param layers what has to be mounted beside the sandbox before it is bound by {@code mounts}
 * @param directory where the command starts
 */
record Walls(
    List<Mount> mounts,
    List<Layers.Layer> layers,
    Path directory,
    Network network,
    SandboxLimits limits) {
  Walls {
    mounts = List.copyOf(mounts);
    layers = List.copyOf(layers);
  }
}
