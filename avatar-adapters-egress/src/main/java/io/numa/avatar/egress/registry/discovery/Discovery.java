package io.numa.avatar.egress.registry.discovery;

import io.numa.avatar.egress.registry.GoSetup;
import io.numa.avatar.egress.registry.RegistryChoice;
import io.numa.avatar.egress.registry.RegistrySetup;
import java.util.List;

/** Finds the registries of a machine. */
public final class Discovery {
  private Discovery() {}

  /** The registries that the machine's package clients are set up for: {@code registries: auto}. */
  public static RegistrySetup of(Machine machine) {
    var findings = new Findings();
    Netrc netrc = Netrc.read(machine, findings);
    MavenSettings.read(machine, findings);
    GradleSettings.read(machine, findings);
    NpmSettings.read(machine, findings);
    PipSettings.read(machine, findings, netrc);
    GoSetup go = GoSettings.read(machine, findings, netrc);
    CargoSettings.read(machine, findings);
    return new RegistrySetup(findings.registries(), go, findings.notes());
  }

  /**
   * The registries that the configuration lists, and no others. What Go verifies is taken from the
   * machine.
   */
  public static RegistrySetup of(List<RegistryChoice> choices, Machine machine) {
    return new Choices(choices).setup(of(machine).go().environment());
  }
}
