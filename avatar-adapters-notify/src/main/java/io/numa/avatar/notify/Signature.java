package io.numa.avatar.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.Secret;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signatures of robots: HMAC with SHA-256, in Base64. */
final class Signature {
  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  /**
   * DingTalk's, of the parameter {@code sign}: the secret is the key, and also stands in the text.
   *
   * @param milliseconds since 1970, of the parameter {@code timestamp}
   */
  static String ofDingTalk(Secret secret, long milliseconds) {
    return hmac(secret.reveal(), milliseconds + "\n" + secret.reveal());
  }

  /**
   * Feishu's, of the member {@code sign}: time and secret are the key, and the text is empty.
   *
   * @param seconds since 1970, of the member {@code timestamp}
   */
  static String ofFeishu(Secret secret, long seconds) {
    return hmac(seconds + "\n" + secret.reveal(), "");
  }

  private static String hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
