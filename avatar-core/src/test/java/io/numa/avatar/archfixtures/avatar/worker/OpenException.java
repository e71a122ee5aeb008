package io.numa.avatar.archfixtures.avatar.worker;

/** Breaks: classes are not left open, though exceptions that are refined may be. */
class OpenException extends RuntimeException {}
