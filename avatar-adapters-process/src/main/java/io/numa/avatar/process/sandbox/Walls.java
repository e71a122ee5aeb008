package io.numa.avatar.process.sandbox;

import io.numa.avatar.port.PortException;
import io.numa.avatar.process.sandbox.home.Layers;
import io.numa.avatar.process.sandbox.settings.SandboxLimits;
import io.numa.avatar.task.FailureKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a sandbox is to hold.
 *
 * @param mounts what can be seen besides {@code /proc} and {@code /dev}
 * @param layers what has to be mounted beside the sandbox before it is bound by {@code mounts}
 * @param directory where the command starts
 * @param group the control group that all its processes are in, if they can be in one
 * @param waits whether the command waits for a byte on the standard input
 */
record Walls(
    List<Mount> mounts,
    List<Layers.Layer> layers,
    Path directory,
    Network network,
    SandboxLimits limits,
    Optional<Path> group,
    boolean waits) {
  Walls {
    mounts = List.copyOf(mounts);
    layers = List.copyOf(layers);
  }

  /** Without a control group, for a command that does not wait. */
  Walls(
      List<Mount> mounts,
      List<Layers.Layer> layers,
      Path directory,
      Network network,
      SandboxLimits limits) {
    this(mounts, layers, directory, network, limits, Optional.empty(), false);
  }

  Walls within(Optional<Path> newGroup) {
    return new Walls(mounts, layers, directory, network, limits, newGroup, waits);
  }

  Walls waiting(boolean newWaits) {
    return new Walls(mounts, layers, directory, network, limits, group, newWaits);
  }

  /**
   * Requires that nothing is seen in a folder that commands may change. One of them may have left a
   * link there, and the programs that make a sandbox follow it out of the sandbox. What hides a
   * part of such a folder was looked up a moment ago.
   *
   * @throws PortException of kind {@code SANDBOX_UNAVAILABLE}
   */
  Walls requireFirmPlaces() {
    var changeable = new ArrayList<Path>();
    for (Mount mount : mounts) {
      boolean hides = mount instanceof Mount.EmptyFolder || mount instanceof Mount.NoFile;
      Path target = mount.target();
      for (Path folder : hides ? List.<Path>of() : changeable) {
        if (target.startsWith(folder) && !target.equals(folder)) {
          throw new PortException(
              FailureKind.SANDBOX_UNAVAILABLE,
              "could not show '" + target + "' to a sandbox, which may change '" + folder + "'");
        }
      }
      if (mount instanceof Mount.Writable) {
        changeable.add(target);
      }
    }
    return this;
  }
}
