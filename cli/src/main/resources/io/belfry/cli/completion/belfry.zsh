#compdef belfry
# Completes the words of belfry. Use it by: source <(belfry completion zsh)
_belfry() {
  local word meaning
  local -a found
  while IFS=$'\t' read -r word meaning; do
    found+=("${word//:/\\:}${meaning:+:$meaning}")
  done < <("${words[1]}" complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)
  if (( $#found )); then
    _describe -t belfry belfry found
  else
    _files
  fi
}
compdef _belfry belfry
