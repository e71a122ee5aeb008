package io.numa.avatar.git.forge;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells by their names the accounts that are no person's. */
final class ReviewAccounts {
  /**
   * GitHub's apps end in {@code [bot]}. GitLab's access tokens and service accounts, and Gitea's
   * actions, have these names. Others are called bots by their owners.
   */
  private static final Pattern ROBOT =
      Pattern.compile(
          "|.*\\[bot]|(?:project|group)_\\d+_bot.*|service_account_.*|gitea-actions|forgejo-actions"
              + "|ghost|.*[-_.]bot|bot[-_.].*");

  private ReviewAccounts() {}

  /** Whether an account of this name, which may be empty, is no person's. */
  static boolean isRobot(String login) {
    return ROBOT.matcher(login.toLowerCase(Locale.ROOT)).matches();
  }
}
