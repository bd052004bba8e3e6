# Sourced by the start scripts of the images. Works with any POSIX shell.

# Prints a secret: from the file that NAME_FILE names, else from the variable NAME, else from /run/secrets/FILE.
#   secret NAME FILE
secret() {
  eval "file=\${$1_FILE:-} value=\${$1:-}"
  if [ -n "$file" ]; then
    head -n 1 "$file"
  elif [ -n "$value" ]; then
    printf '%s\n' "$value"
  elif [ -r "/run/secrets/$2" ]; then
    head -n 1 "/run/secrets/$2"
  else
    echo "certrail: no secret: set $1_FILE, or $1, or mount /run/secrets/$2" >&2
    return 1
  fi
}

# Fails, and says so, unless this file can be read.
required() {
  [ -r "$1" ] || { echo "certrail: cannot read $1 as user $(id -u): is it mounted, and readable for that user?" >&2; exit 1; }
}

# Fails, and says so, unless this folder can be written.
writable() {
  if ! { mkdir -p "$1" && [ -w "$1" ]; }; then
    echo "certrail: cannot write $1 as user $(id -u)" >&2
    exit 1
  fi
}
