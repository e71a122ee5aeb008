package io.numa.avatar.followup;

import io.numa.avatar.port.repository.Reviews;
import io.numa.avatar.task.RepositoryUrl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a while which accounts may push, so that strangers cannot have the avatar send
 * requests without end. Safe for use by several threads.
 */
final class Writers {
  private static final Duration HOLDS = Duration.ofHours(1);

  private static final int MOST = 1_000;

  /** How many accounts are asked about for one look at a change request. Others wait. */
  private static final int MAX_ASKED = 20;

  private final Reviews reviews;
  private final Clock clock;
  private final Map<Account, Word> known = new LinkedHashMap<>();

  private record Account(RepositoryUrl repository, String login) {}

  private record Word(boolean mayWrite, Instant until) {}

  Writers(Reviews reviews, Clock clock) {
    this.reviews = reviews;
    this.clock = clock;
  }

  static String lowerCase(String login) {
    return login.toLowerCase(Locale.ROOT);
  }

  static Set<String> lowerCase(Collection<String> logins) {
    return logins.stream().map(Writers::lowerCase).collect(Collectors.toSet());
  }

  /** Those of the accounts that may push to the repository, in lower case. */
  Set<String> among(Collection<String> logins, RepositoryUrl repository)
      throws InterruptedException {
    Set<String> writers = new HashSet<>();
    int asked = 0;
    for (String login : lowerCase(logins)) {
      var account = new Account(repository, login);
      @Nullable Boolean word = word(account);
      if (word == null && asked < MAX_ASKED) {
        asked++;
        word = reviews.mayWrite(repository, login);
        remember(account, word);
      }
      if (Boolean.TRUE.equals(word)) {
        writers.add(login);
      }
    }
    return writers;
  }

  private synchronized @Nullable Boolean word(Account account) {
    Word word = known.get(account);
    if (word == null || !clock.instant().isBefore(word.until())) {
      return null;
    }
    return word.mayWrite();
  }

  private synchronized void remember(Account account, boolean mayWrite) {
    known.remove(account);
    known.put(account, new Word(mayWrite, clock.instant().plus(HOLDS)));
    if (known.size() > MOST) {
      known.remove(known.keySet().iterator().next());
    }
  }
}
