package io.numa.avatar.server.access;

import io.numa.avatar.port.Secret;
import io.numa.avatar.server.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells who a request is from. An operator shows the token itself, or a cookie that the server gave
 * for it. The cookie is the time of its end, signed with the token: it holds after a restart, and
 * ends when the token changes. Safe for use by several threads.
 *
 * <p>A browser sends the cookie with requests of foreign pages, too. So a request that changes
 * something needs a header beside the cookie, which a foreign page cannot send, or is a form with a
 * key that such a page does not know.
 */
public final class Access {
  /** The cookie's name. */
  public static final String COOKIE = "numa_avatar";

  /** The header that a write with the cookie needs, with any value. */
  public static final String WRITE_HEADER = "X-Numa-Avatar";

  private static final Duration COOKIE_TIME = Duration.ofDays(30);
  private static final Duration CODE_TIME = Duration.ofMinutes(10);
  private static final int MOST_CODES = 16;
  private static final String BEARER = "Bearer ";

  private final Secret token;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Instant> codes = new ConcurrentHashMap<>();
  private volatile boolean codeTaken;

  public Access(Secret token, Clock clock) {
    this.token = token;
    this.clock = clock;
  }

  /** What a request may do. */
  public enum Right {
    NONE,
    READ,
    WRITE
  }

  /** What a request may do by what it shows. */
  public Right of(Request request) {
    if (showsToken(request)) {
      return Right.WRITE;
    }
    if (request.cookie(COOKIE).filter(this::holds).isEmpty()) {
      return Right.NONE;
    }
    return request.headers().first(WRITE_HEADER).isPresent() ? Right.WRITE : Right.READ;
  }

  private boolean showsToken(Request request) {
    return request
        .headers()
        .first("Authorization")
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip())
        .filter(this::isToken)
        .isPresent();
  }

  /**
   * A key for forms of pages that a client gets. A foreign page does not know it, so a form with it
   * may change something without the header that only scripts send.
   *
   * @return empty if the client has no cookie that holds
   */
  public Optional<String> formKey(Request request) {
    return request.cookie(COOKIE).filter(this::holds).map(cookie -> signature("form " + cookie));
  }

  /** Whether a form is of a page that this client got. */
  public boolean isFormKey(Request request, String key) {
    return formKey(request).filter(right -> same(key, right)).isPresent();
  }

  /** Whether this is the token; takes as long for every text of that length. */
  public boolean isToken(String text) {
    return same(text, token.reveal());
  }

  /** A code that can be exchanged once for a cookie, for ten minutes. */
  public String code() {
    codes.values().removeIf(end -> !clock.instant().isBefore(end));
    if (codes.size() >= MOST_CODES) {
      codes.clear();
    }
    var bytes = new byte[16];
    random.nextBytes(bytes);
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    codes.put(code, clock.instant().plus(CODE_TIME));
    return code;
  }

  /** Whether the code holds; it does not hold again. */
  public boolean take(String code) {
    boolean holds =
        Optional.ofNullable(codes.remove(code)).filter(clock.instant()::isBefore).isPresent();
    codeTaken |= holds;
    return holds;
  }

  /** Whether a code has been taken so far. */
  public boolean codeTaken() {
    return codeTaken;
  }

  /** The value of a header {@code Set-Cookie} for an operator who has shown the token or a code. */
  public String cookie() {
    String end = Long.toString(clock.instant().plus(COOKIE_TIME).getEpochSecond());
    return COOKIE
        + "="
        + end
        + "."
        + signature(end)
        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
        + COOKIE_TIME.toSeconds();
  }

  private boolean holds(String cookie) {
    int dot = cookie.indexOf('.');
    if (dot < 1 || dot > 12 || !cookie.substring(0, dot).chars().allMatch(Access::isDigit)) {
      return false;
    }
    String end = cookie.substring(0, dot);
    return same(cookie.substring(dot + 1), signature(end))
        && clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(end)));
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  private String signature(String end) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes(token.reveal()), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(bytes(COOKIE + " " + end)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(bytes(one), bytes(other));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
