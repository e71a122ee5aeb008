package io.numa.avatar.port.repository;

/**
 * What an account has written about a change request.
 *
 * @param id names the comment within its change request; letters, digits and {@code -}
 * @param author the account's login name; empty if the service does not tell it
 * @param robot whether the service says, or its name shows, that the account is no person's
 * @param text in Markdown, as it was written
 */
public record ReviewComment(String id, String author, boolean robot, String text) {}
