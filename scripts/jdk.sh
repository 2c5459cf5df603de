# Finds what Belfry needs on this machine; sourced by ./belfry and ./verify.

fail() {
  printf 'belfry: %s\n' "$*" >&2
  exit 1
}

# Whether a folder holds a JDK (with compiler) of this feature release.
is_jdk() {
  local home=$1 release=$2
  [ -x "$home/bin/javac" ] && [ -r "$home/release" ] &&
    grep -q "^JAVA_VERSION=\"$release[.\"]" "$home/release"
}

# Prints the home of a JDK 25: JAVA_HOME if it is one, else the first found where systems keep them.
find_jdk() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/*jdk* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$home" ] && is_jdk "$home" 25; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  return 1
}

require_jdk() {
  BELFRY_JDK=$(find_jdk) || fail "needs a JDK 25, and found none in JAVA_HOME or the system's folders.
  Debian, Ubuntu: install temurin-25-jdk or openjdk-25-jdk; macOS: brew install openjdk@25; or unpack any JDK 25
  and set JAVA_HOME to its folder."
  # Maven and the programs that its plugins start look in one or the other.
  export JAVA_HOME=$BELFRY_JDK PATH=$BELFRY_JDK/bin:$PATH
}

require_maven() {
  command -v mvn >/dev/null 2>&1 || fail "needs Maven 3.8 or later (mvn on the PATH).
  Debian, Ubuntu: apt-get install maven; macOS: brew install maven."
}
