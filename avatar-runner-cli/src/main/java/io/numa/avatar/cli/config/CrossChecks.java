package io.numa.avatar.cli.config;

import io.numa.avatar.bridge.Routes;
import io.numa.avatar.cli.config.Configuration.Avatar;
import io.numa.avatar.cli.config.Configuration.Backend;
import io.numa.avatar.cli.config.notify.NotifyEntry;
import io.numa.avatar.cli.config.telemetry.TelemetrySection;
import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules between keys. They skip keys without a valid value, as those are reported already. */
final class CrossChecks {
  private static final String CREDENTIALS = "git.credentials";
  private static final String ADDRESS = "queue.url";
  private static final String ROUTES = "queue.routes";
  private static final String TRACES = "telemetry.otlp.url";
  private static final int MAX_PORT = 65535;
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

  private final Configuration configuration;
  private final BoundValues values;
  private final Problems problems;
  private final Path home;
  private final KeyRules rules;

  /**
   * @param home the operator's HOME
   */
  CrossChecks(Configuration configuration, BoundValues values, Problems problems, Path home) {
    this.configuration = configuration;
    this.values = values;
    this.problems = problems;
    this.home = home;
    this.rules = new KeyRules(values, problems);
  }

  void run() {
    checkCredentials();
    rules.oneOf("backend.", "api_token", "api_token_file");
    rules.oneOf("git.", "signing_passphrase", "signing_passphrase_file");
    rules.oneOf("git.", "proxy_password", "proxy_password_file");
    checkQueue();
    checkSigningKey();
    checkProxyLogin();
    checkFollowUp();
    checkTokenIsSafe(configuration.backend());
    checkTraces(configuration.telemetry().otlp());
    checkFoldersAreApart(configuration.avatar());
    checkWordsDiffer();
    checkReceivers();
    new AgentChecks(configuration, values, problems).run();
    new SandboxChecks(configuration.sandbox(), values, problems).run();
    new SandboxPlaces(configuration, values, problems).check(home);
  }

  private void checkCredentials() {
    List<@Nullable Credential> entries = configuration.git().credentials();
    for (int i = 0; entries != null && i < entries.size(); i++) {
      Credential entry = entries.get(i);
      String key = CREDENTIALS + "[" + i + "]";
      if (entry != null
          && !problems.areThereBelow(key)) { // else one mistake would be reported twice
        checkCredential(entry, key, values.originOfEntry(CREDENTIALS, i));
      }
    }
  }

  private void checkCredential(Credential entry, String key, Origin origin) {
    String prefix = key + ".";
    rules.oneOf(prefix, "token", "token_file", "token_command", "password", "password_file");
    rules.oneOf(prefix, "passphrase", "passphrase_file");
    rules.oneOf(prefix, "api_token", "api_token_file");
    checkSshKey(prefix, entry.sshAgent());
    rules.checkProgram(prefix + "token_command", entry.tokenCommand());
    boolean signsIn =
        Stream.of("token", "token_file", "token_command", "password", "password_file", "ssh_key")
            .anyMatch(name -> values.has(prefix + name));
    if (!signsIn && !entry.sshAgent()) {
      problems.add(
          origin, key, "gives neither a token, a password nor an ssh_key, expected one of them");
    }
  }

  private void checkSshKey(String prefix, boolean usesAgent) {
    for (String name : List.of("passphrase", "passphrase_file", "known_hosts")) {
      boolean agentDoes = name.equals("known_hosts") && usesAgent;
      if (values.has(prefix + name) && !values.has(prefix + "ssh_key") && !agentDoes) {
        rules.add(prefix + name, "is of use with an ssh_key only; give one");
      }
    }
  }

  private void checkReceivers() {
    List<@Nullable NotifyEntry> entries = configuration.receivers();
    for (int i = 0; entries != null && i < entries.size(); i++) {
      NotifyEntry entry = entries.get(i);
      String key = "notify[" + i + "]";
      if (entry != null && !problems.areThereBelow(key)) {
        checkReceiver(entry, key + ".", values.originOfEntry("notify", i));
      }
    }
  }

  private void checkReceiver(NotifyEntry entry, String prefix, Origin origin) {
    rules.oneOf(prefix, "url", "url_file", "command");
    rules.checkProgram(prefix + "command", entry.command());
    if (entry.address().isEmpty()) {
      if (entry.command() == null) {
        problems.add(
            origin,
            prefix.substring(0, prefix.length() - 1),
            "gives neither a url, a url_file nor a command, expected one of them");
      }
      rules.needs(prefix + "secret_file", prefix + "url");
      return;
    }
    String key = prefix + (values.has(prefix + "url") ? "url" : "url_file");
    Optional<URI> address = entry.parsed();
    if (address.isEmpty()) {
      rules.add(key, "is no address such as https://hooks.example.com/…, without a user");
    } else if (!entry.allowInsecureHttp() && KeyRules.isExposed(address.get())) {
      rules.add(
          key,
          "would be sent over plain http to another machine; use https, or set"
              + " allow_insecure_http to true beside it");
    }
    if (values.has(prefix + "secret_file") && !entry.form().signs()) {
      rules.add(
          prefix + "secret_file",
          "is of use with the templates dingtalk and feishu only; leave it out");
    }
  }

  private void checkQueue() {
    rules.oneOf("queue.", "credentials_file", "token_file", "nkey_file", "username");
    rules.needs("queue.password_file", "queue.username");
    rules.needs("queue.username", "queue.password_file");
    if ("whole".equals(configuration.queue().mode())) {
      rules.needs("queue.mode", ADDRESS);
    }
    if (values.has(ADDRESS)) {
      Stream.of(configuration.queue().url().orElseThrow().split(",", -1))
          .forEach(this::checkAddress);
      checkRoutes(configuration.queue().routes(), configuration.agents().available());
    }
  }

  private void checkAddress(String address) {
    if (uri(address).filter(CrossChecks::isServer).isEmpty()) {
      rules.add(
          ADDRESS,
          "has '"
              + address
              + "', expected host and port of a server; a host has letters, digits, '-' and '.', or"
              + " is an address (IPv6 in brackets), and a port is at most "
              + MAX_PORT);
    }
  }

  private static Optional<URI> uri(String address) {
    try {
      return Optional.of(new URI(address));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Java has no host for names with other characters, such as '_'. */
  private static boolean isServer(URI url) {
    return url.getHost() != null
        && url.getPort() != 0
        && url.getPort() <= MAX_PORT
        && url.getRawQuery() == null
        && url.getRawFragment() == null;
  }

  /** Null stands for values that are reported already. */
  private void checkRoutes(
      @Nullable List<@Nullable String> routes, @Nullable List<@Nullable AgentEntry> agents) {
    if (routes == null || agents == null) {
      return;
    }
    if (routes.isEmpty()) {
      rules.add(ROUTES, "is empty, expected a route, such as 'plan': the avatar takes its tasks");
    } else if (agents.isEmpty() && routes.stream().allMatch(Routes.PROSE::equals)) {
      rules.add(
          ROUTES,
          "has 'prose' only, whose tasks need a coding agent, and agents.available has none; add an"
              + " agent there, or the route 'plan' here");
    }
  }

  private void checkSigningKey() {
    Stream.of("git.signing_format", "git.signing_passphrase", "git.signing_passphrase_file")
        .forEach(key -> rules.needs(key, "git.signing_key"));
  }

  private void checkProxyLogin() {
    rules.needs("git.proxy_password", "git.proxy_username");
    rules.needs("git.proxy_password_file", "git.proxy_username");
    if (!values.has("git.proxy_password_file")) {
      rules.needs("git.proxy_username", "git.proxy_password");
    }
    rules.needs("git.proxy_username", "git.proxy");
  }

  private void checkFollowUp() {
    Stream.of("git.follow_up.reviews", "git.follow_up.checks")
        .filter(key -> values.find(key).filter(it -> Boolean.TRUE.equals(it.value())).isPresent())
        .filter(key -> "none".equals(configuration.git().changeRequest()))
        .forEach(
            key ->
                rules.add(
                    key,
                    "looks after change requests, and the avatar opens none; set"
                        + " git.change_request to draft or ready"));
  }

  private void checkTokenIsSafe(Backend backend) {
    boolean token = values.has("backend.api_token") || values.has("backend.api_token_file");
    boolean refused = Boolean.FALSE.equals(backend.allowInsecureHttp());
    if (token && refused && backend.url().filter(KeyRules::isExposed).isPresent()) {
      rules.add(
          "backend.url",
          "would carry the token over plain http to another machine; use https,"
              + " or set backend.allow_insecure_http to true");
    }
  }

  private void checkTraces(TelemetrySection.Otlp otlp) {
    boolean refused = Boolean.FALSE.equals(otlp.allowInsecureHttp());
    if (refused && values.has(TRACES) && otlp.url().filter(KeyRules::isExposed).isPresent()) {
      rules.add(
          TRACES,
          "would carry traces over plain http to another machine; use https,"
              + " or set telemetry.otlp.allow_insecure_http to true");
    }
    Map<String, @Nullable Secret> headers = otlp.headers();
    if (headers != null && !headers.isEmpty()) {
      rules.needs("telemetry.otlp.headers", TRACES);
      headers.forEach(this::checkHeader);
    }
  }

  private void checkHeader(String name, @Nullable Secret value) {
    if (value != null && !HEADER_VALUE.matcher(value.reveal()).matches()) {
      rules.add(
          "telemetry.otlp.headers",
          "has for " + name + " a line break or another character that no header can have");
    }
  }

  private void checkFoldersAreApart(Avatar avatar) {
    checkIsOutside(avatar.workspace(), "avatar.state_dir", avatar.stateDir());
    checkIsOutside(avatar.workspace(), "avatar.log_dir", avatar.logDir());
  }

  private void checkIsOutside(@Nullable Path workspace, String key, @Nullable Path folder) {
    if (workspace != null && folder != null && folder.startsWith(workspace)) {
      problems.add(
          place(key, "avatar.workspace"),
          key,
          "is '" + folder + "', expected a folder outside avatar.workspace, which is disposable");
    }
  }

  private void checkWordsDiffer() {
    Map<Object, String> seen = new HashMap<>();
    for (String name : ConfigKeys.section("status.words").names()) {
      String key = "status.words." + name;
      values.find(key).ifPresent(word -> checkDiffers(key, word.value(), seen));
    }
  }

  private void checkDiffers(String key, Object word, Map<Object, String> seen) {
    String other = seen.putIfAbsent(word, key);
    if (other != null) {
      problems.add(
          place(key, other), key, "is '" + word + "', expected another word than that of " + other);
    }
  }

  /** The source of the first of two keys; the source of the second if the first is a default. */
  private Origin place(String key, String other) {
    boolean isDefault = values.origin(key) instanceof Origin.Default;
    return values.origin(isDefault ? other : key);
  }
}
