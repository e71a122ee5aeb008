package io.numa.avatar.egress.registry;

import java.util.Map;

/**
 * What Go needs to be told beside its proxies.
 *
 * @param proxies {@code GOPROXY}, in which <code>{0}</code> stands for the first of the registries
 *     for Go
 * @param environment the settings of verification and of private modules that the machine has, such
 *     as {@code GONOSUMDB}
 */
public record GoSetup(String proxies, Map<String, String> environment) {
  /** The database of checksums that Go asks unless it is told otherwise. */
  public static final String SUM_DATABASE = "sum.golang.org";

  public GoSetup {
    environment = Map.copyOf(environment);
  }

  /** The database of checksums: {@code off}, or a name, key and URL as in {@code GOSUMDB}. */
  public String sumDatabase() {
    return environment.getOrDefault("GOSUMDB", SUM_DATABASE);
  }
}
