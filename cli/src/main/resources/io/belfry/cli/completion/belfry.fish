# Completes the words of belfry. Use it by: belfry completion fish | source
function __belfry_complete
    set -l words (commandline -opc)
    $words[1] complete -- $words[2..-1] (commandline -ct) 2>/dev/null
end
complete -c belfry -a '(__belfry_complete)'
