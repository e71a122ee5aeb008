package io.numa.avatar.nats;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;
import java.util.Base64;
import java.util.Locale;

/** An operator with an account that may use JetStream, and with a user of it. */
final class JwtOperator {
  private static final String LIMITS =
      "\"limits\":{\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,"
          + "\"wildcards\":true,\"conn\":-1,\"leaf\":-1,\"mem_storage\":-1,\"disk_storage\":-1,"
          + "\"streams\":-1,\"consumer\":-1},";

  private final NKey operator = NKey.createOperator(null);
  private final NKey account = NKey.createAccount(null);
  private final NKey system = NKey.createAccount(null);

  JwtOperator() throws Exception {}

  String serverConfiguration() throws Exception {
    return String.format(
        Locale.ROOT,
        "operator: %s%nsystem_account: %s%nresolver: MEMORY%nresolver_preload: {%n%s: %s%n%s: %s%n}%n",
        signed(operator, "operator", ""),
        name(system),
        name(system),
        signed(system, "account", ""),
        name(account),
        signed(account, "account", LIMITS));
  }

  /** The content of a user's credentials file. */
  String credentials() throws Exception {
    NKey user = NKey.createUser(null);
    String jwt = JwtUtils.issueUserJWT(account, name(account), name(user));
    return "-----BEGIN NATS USER JWT-----\n"
        + jwt
        + "\n------END NATS USER JWT------\n\n-----BEGIN USER NKEY SEED-----\n"
        + new String(user.getSeed())
        + "\n------END USER NKEY SEED------\n";
  }

  private String signed(NKey subject, String type, String more) throws Exception {
    String claims =
        String.format(
            Locale.ROOT,
            "{\"jti\":\"1\",\"iat\":1,\"iss\":\"%s\",\"name\":\"%s\",\"sub\":\"%s\","
                + "\"nats\":{%s\"type\":\"%s\",\"version\":2}}",
            name(operator),
            type,
            name(subject),
            more,
            type);
    String content = encoded("{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}") + "." + encoded(claims);
    byte[] signature = operator.sign(content.getBytes(UTF_8));
    return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static String name(NKey key) throws Exception {
    return new String(key.getPublicKey());
  }
}
