package io.numa.avatar.egress.registry.discovery;

import static io.numa.avatar.egress.registry.RegistryKind.NPM;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.egress.registry.Login;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The registries of npm, pnpm and Yarn 1: the default one and those of scopes, with their logins.
 *
 * <p>Variables win over the user's {@code .npmrc}, which wins over that of the machine.
 */
final class NpmSettings {
  private static final String DEFAULT_URL = "https://registry.npmjs.org/";
  private static final Pattern SCOPE = Pattern.compile("(@[A-Za-z0-9._~-]+):registry");
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}?]+)(\\??)\\}");
  private static final String PREFIX = "npm_config_";

  private final Machine machine;
  private final Findings findings;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private NpmSettings(Machine machine, Findings findings) {
    this.machine = machine;
    this.findings = findings;
  }

  static void read(Machine machine, Findings findings) {
    var npm = new NpmSettings(machine, findings);
    npm.readFiles();
    npm.readVariables();
    npm.report();
  }

  private void readFiles() {
    readFile(machine.at("/etc/npmrc"));
    machine
        .installation("node")
        .map(prefix -> prefix.resolve("etc/npmrc"))
        .filter(file -> !file.equals(machine.at("/etc/npmrc")))
        .ifPresent(this::readFile);
    option("globalconfig").map(machine::at).ifPresent(this::readFile);
    readFile(machine.at(option("userconfig").orElse("~/.npmrc")));
  }

  private void readFile(Path file) {
    IniFile.read(file, false, findings)
        .forEach((key, setting) -> settings.put(expanded(key), setting.with(value(setting))));
  }

  private Optional<String> option(String name) {
    return machine
        .variable(PREFIX + name)
        .or(() -> machine.variable((PREFIX + name).toUpperCase(Locale.ROOT)));
  }

  /** Upper case before lower case, so that the lower one wins, as in npm. */
  private void readVariables() {
    new TreeMap<>(machine.environment())
        .forEach(
            (name, value) -> {
              if (name.toLowerCase(Locale.ROOT).startsWith(PREFIX) && !value.isBlank()) {
                String key = name.substring(PREFIX.length());
                boolean exact = key.startsWith("//") || key.startsWith("@");
                settings.put(
                    exact ? key : key.toLowerCase(Locale.ROOT),
                    new Setting(value, "variable " + name));
              }
            });
  }

  private String value(Setting setting) {
    String text = setting.value();
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return expanded(quoted ? text.substring(1, text.length() - 1) : text);
  }

  /** Puts variables in place of <code>${NAME}</code>; npm leaves one that is not set as it is. */
  private String expanded(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            found -> {
              String other = found.group(2).isEmpty() ? found.group() : "";
              return Matcher.quoteReplacement(
                  machine.environment().getOrDefault(found.group(1), other));
            });
  }

  private void report() {
    findings.noteCertificates(Optional.ofNullable(settings.get("cafile")));
    Optional<Setting> registry = Optional.ofNullable(settings.get("registry"));
    add(
        "npm",
        registry.orElse(Found.byDefault(NPM, "", DEFAULT_URL, Optional.empty()).url()),
        Optional.empty());
    settings.forEach(
        (key, setting) -> {
          Matcher scope = SCOPE.matcher(key);
          if (scope.matches()) {
            add(scope.group(1), setting, Optional.of(scope.group(1)));
          }
        });
  }

  private void add(String name, Setting url, Optional<String> scope) {
    findings.add(new Found(NPM, name, url, scope), login(url, scope.isEmpty()));
  }

  /** The login of the longest path that settings name, as npm looks for it. */
  private Optional<Login> login(Setting url, boolean isDefault) {
    String place = place(url.value());
    while (!place.equals("/")) {
      String bare = place.substring(0, place.length() - 1);
      Optional<Login> login = loginAt(place + ":").or(() -> loginAt(bare + ":"));
      if (login.isPresent()) {
        return login;
      }
      place = parent(place);
    }
    return isDefault ? loginAt("") : Optional.empty();
  }

  private static String place(String url) {
    try {
      var uri = URI.create(url.strip());
      String path = uri.getRawPath() == null ? "" : uri.getRawPath();
      return "//" + uri.getRawAuthority() + (path.endsWith("/") ? path : path + "/");
    } catch (IllegalArgumentException e) {
      return "/";
    }
  }

  private static String parent(String place) {
    String bare = place.substring(0, place.length() - 1);
    int slash = bare.lastIndexOf('/');
    return slash < 2 ? "/" : bare.substring(0, slash + 1);
  }

  private Optional<Login> loginAt(String prefix) {
    return usable(prefix + "_authToken")
        .map(token -> Login.bearer(new Secret(token)))
        .or(() -> usable(prefix + "_auth").map(pair -> Login.encoded(new Secret(pair))))
        .or(() -> password(prefix));
  }

  private Optional<Login> password(String prefix) {
    Optional<String> username = usable(prefix + "username");
    return usable(prefix + "_password")
        .flatMap(encoded -> username.flatMap(user -> password(prefix, user, encoded)));
  }

  private Optional<Login> password(String prefix, String username, String encoded) {
    try {
      var password = new String(Base64.getDecoder().decode(encoded), UTF_8);
      return Optional.of(Login.basic(username, new Secret(password)));
    } catch (IllegalArgumentException e) {
      Setting setting = settings.get(prefix + "_password");
      findings.note(String.valueOf(setting), "the password is not Base64, as npm demands");
      return Optional.empty();
    }
  }

  /** A value of a login; one that names a variable that is not set is noted. */
  private Optional<String> usable(String key) {
    Setting setting = settings.get(key);
    if (setting == null || setting.value().isEmpty()) {
      return Optional.empty();
    }
    if (setting.value().contains("${")) {
      findings.note(setting.place(), "names a variable that is not set");
      return Optional.empty();
    }
    return Optional.of(setting.value());
  }
}
