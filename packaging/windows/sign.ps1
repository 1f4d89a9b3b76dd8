# Signs a program in place with the certificate in the .pfx named by CERTIFICATE_FILE, whose password
# is PASSWORD, and makes sure that Windows trusts what it signed.
#
#     pwsh -NoProfile -File packaging\windows\sign.ps1 PROGRAM
param([Parameter(Mandatory)][string]$Program)
$ErrorActionPreference = "Stop"

$tool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" -ErrorAction SilentlyContinue |
    Sort-Object FullName | Select-Object -Last 1
if (-not $tool) { throw "there is no signtool.exe to sign $Program with" }
& $tool sign /fd sha256 /tr http://timestamp.digicert.com /td sha256 `
    /f $env:CERTIFICATE_FILE /p $env:PASSWORD $Program
if ($LASTEXITCODE -ne 0) { throw "signtool could not sign $Program" }
& $tool verify /pa /tw $Program
if ($LASTEXITCODE -ne 0) { throw "Windows does not trust the signature of $Program" }
