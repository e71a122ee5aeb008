package io.numa.avatar.run.text;

import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.task.sandbox.RefusedHost;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.task.sandbox.SandboxReport;

/** Describes sandboxes for logs and people. */
public final class SandboxText {
  private SandboxText() {}

  /** Such as {@code egress by bubblewrap} or {@code egress by landlock, lacks: network, files}. */
  public static String of(SandboxReport report) {
    if (report.profile() == SandboxProfile.OFF) {
      return "off";
    }
    String lacks = report.lacks().isEmpty() ? "" : ", lacks: " + String.join(", ", report.lacks());
    return report.profile().word() + " by " + report.means() + lacks;
  }

  /** Tells that a host was refused, and how to allow it. */
  public static String of(RefusedHost host) {
    return new HostAndPort(host.host(), host.port())
        + " is not in sandbox.allow; add it there if tasks may reach it";
  }
}
